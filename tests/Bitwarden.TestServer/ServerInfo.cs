namespace Bitwarden.TestServer;

/// <summary>What a parent process needs to know: the answer of GET /_test/info.</summary>
internal sealed record ServerInfo(Uri HttpUrl, Uri HttpsUrl, string CaPath)
{
    public required IReadOnlyList<AccountInfo> Accounts { get; init; }

    internal static ServerInfo Of(EmbeddedServer server) =>
        new(server.HttpUrl, server.HttpsUrl, server.CertificateAuthorityPath)
        {
            Accounts = [.. server.Accounts.Select(AccountInfo.Of)],
        };
}

/// <summary>One account of a <see cref="ServerInfo"/>.</summary>
internal sealed record AccountInfo(string Email, string MasterPassword, Guid UserId, string ClientId, string ClientSecret)
{
    private const int ManyItems = 200;

    /// <summary>Item ids by name; left out for the large account.</summary>
    public IReadOnlyDictionary<string, Guid>? Items { get; init; }

    /// <summary>Passwords by item name; left out for the large account.</summary>
    public IReadOnlyDictionary<string, string>? Passwords { get; init; }

    internal static AccountInfo Of(TestAccount account)
    {
        bool isLarge = account.Items.Count > ManyItems;
        return new AccountInfo(account.Email, account.MasterPassword, account.UserId, account.ClientId, account.ClientSecret)
        {
            Items = isLarge ? null : account.Items,
            Passwords = isLarge ? null : account.Passwords,
        };
    }
}
