using Bitwarden.Core.Sessions;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>The main account, written by the official client and followed by our engine. The server asks for items with keys of their own.</summary>
public sealed class WritingFixture(OfficialClientInstallation installation) : IAsyncLifetime
{
    private Comparison? _comparison;

    /// <summary>Why there is nothing to compare with; null when there is.</summary>
    internal string? Missing => installation.Missing;

    internal EmbeddedServer Server => _comparison!.Server;

    internal TestAccount Account => Server.Pbkdf2;

    internal OfficialClient Official { get; private set; } = null!;

    internal BitwardenSession Session { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _comparison = await Comparison.StartAsync(installation);
        Official = await _comparison.CreateOfficialClientAsync();
        (await Official.LoginWithApiKeyAsync(Account)).Success();
        Session = await _comparison.OpenSessionAsync(Account);
        (await Official.UnlockAsync(Account.MasterPassword)).Success();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _comparison?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Another session of ours, for what one that is open does not follow: an item that moves to another owner.</summary>
    internal Task<BitwardenSession> OpenSessionAsync() => _comparison!.OpenSessionAsync(Account);

    internal string TemporaryFile() => _comparison!.TemporaryFile();
}
