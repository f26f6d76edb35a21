using System.Text.Json;
using Bitwarden.Core.Sessions;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>The main account, read by the official client and by our engine at the same time. Nobody writes.</summary>
public sealed class ReadingFixture(OfficialClientInstallation installation) : IAsyncLifetime
{
    private Comparison? _comparison;

    /// <summary>Why there is nothing to compare with; null when there is.</summary>
    internal string? Missing => installation.Missing;

    internal EmbeddedServer Server => _comparison!.Server;

    internal OfficialClient Official { get; private set; } = null!;

    internal BitwardenSession Session { get; private set; } = null!;

    /// <summary>What the official client said to a wrong master password.</summary>
    internal OfficialAnswer WrongUnlock { get; private set; } = null!;

    /// <summary>What the official client lists, in this order: everyday items, the archive, the trash.</summary>
    internal JsonElement[][] Lists { get; private set; } = [];

    /// <summary>Folder names by id, as the official client reads them.</summary>
    internal Dictionary<string, string> Folders { get; private set; } = [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _comparison = await Comparison.StartAsync(installation);
        Server.AddBrokenItem(Server.Pbkdf2);
        Official = await _comparison.CreateOfficialClientAsync();
        (await Official.LoginWithApiKeyAsync(Server.Pbkdf2)).Success();
        Session = await _comparison.OpenSessionAsync(Server.Pbkdf2);
        WrongUnlock = await Official.UnlockAsync("not the master password");
        (await Official.UnlockAsync(Server.Pbkdf2.MasterPassword)).Success();
        Lists = [await Official.ListAsync("items"), await Official.ListAsync("items", "--archived"), await Official.ListAsync("items", "--trash")];
        Folders = (await Official.ListAsync("folders"))
            .ToDictionary(folder => folder.GetProperty("id").GetString()!, folder => folder.GetProperty("name").GetString()!);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _comparison?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal string TemporaryFile() => _comparison!.TemporaryFile();
}
