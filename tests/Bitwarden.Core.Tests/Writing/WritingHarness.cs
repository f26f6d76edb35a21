using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.TestServer;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.Core.Tests.Writing;

/// <summary>Sessions that write to an embedded server.</summary>
internal sealed class WritingHarness : IAsyncDisposable
{
    private readonly List<BitwardenSession> _sessions = [];

    private WritingHarness(EmbeddedServer server)
    {
        Server = server;
        Account.ChangeKdf(LoginHarness.QuickKdf);
    }

    internal EmbeddedServer Server { get; }

    internal TestAccount Account => Server.Pbkdf2;

    internal static async Task<WritingHarness> StartAsync(EmbeddedServerOptions? options = null) => new(await EmbeddedServer.StartAsync(options));

    /// <summary>An edit of values by selector.</summary>
    internal static ItemEdit Edit(string? name, params (string Selector, string? Value)[] values)
    {
        ItemEdit edit = new() { Name = name };
        foreach ((string selector, string? value) in values)
        {
            edit.Set(selector, value is null ? null : SecretBytes.FromCharacters(value));
        }

        return edit;
    }

    internal async Task<BitwardenSession> UnlockAsync(ConnectionOptions? options = null)
    {
        using SecretBytes secret = SecretBytes.FromCharacters(Account.ClientSecret);
        using SecretBytes password = SecretBytes.FromCharacters(Account.MasterPassword);
        BitwardenSession session = await BitwardenSession.ConnectAsync(
            ApiKeyCredential.Create(Account.ClientId, secret),
            ServerEnvironment.Resolve(Server.HttpUrl.ToString()),
            options ?? new ConnectionOptions(),
            new SessionOptions());
        _sessions.Add(session);
        await session.UnlockAsync(password, new UnlockOptions { AllowWeakerKdf = true });
        return session;
    }

    /// <summary>Decrypts a value of a personal item.</summary>
    internal string Decrypt(StoredCipher item, string wire)
    {
        using SymmetricKey? own = item.Key is null ? null : Account.UserKey.UnwrapKey(EncString.Parse(item.Key));
        return (own ?? Account.UserKey).DecryptText(EncString.Parse(wire));
    }

    /// <summary>The name of a personal item; null for others.</summary>
    internal string? NameOf(StoredCipher item) => item.OrganizationId is null && item.Content.Name is string name ? Decrypt(item, name) : null;

    /// <summary>An item as the server has it.</summary>
    internal StoredCipher Stored(VaultItem item) => Account.Vault.Find(item.Id)!;

    public async ValueTask DisposeAsync()
    {
        _sessions.ForEach(session => session.Dispose());
        await Server.DisposeAsync();
    }
}
