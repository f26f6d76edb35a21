using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>A server that tests log in to, each with a fresh profile.</summary>
public sealed class LoginFixture(OfficialClientInstallation installation) : IAsyncLifetime
{
    private OfficialClient _blank = null!;

    /// <summary>Why there is nothing to compare with; null when there is.</summary>
    internal string? Missing => installation.Missing;

    internal Comparison Comparison { get; private set; } = null!;

    internal EmbeddedServer Server => Comparison.Server;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Missing is null)
        {
            Comparison = await Comparison.StartAsync(installation);
            _blank = await Comparison.CreateOfficialClientAsync();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Missing is null ? Comparison.DisposeAsync() : ValueTask.CompletedTask;

    internal OfficialClient NewProfile() => _blank.Another(Server, Guid.NewGuid().ToString("N"));
}
