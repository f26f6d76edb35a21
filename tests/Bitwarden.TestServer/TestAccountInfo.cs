namespace Bitwarden.TestServer;

/// <summary>One account of a <see cref="ServerInfo"/>.</summary>
internal sealed record TestAccountInfo(string Email, string MasterPassword, Guid UserId, string ClientId, string ClientSecret)
{
    private const int ManyItems = 200;

    /// <summary>Item ids by name; left out for the large account.</summary>
    public IReadOnlyDictionary<string, Guid>? Items { get; init; }

    /// <summary>Passwords by item name; left out for the large account.</summary>
    public IReadOnlyDictionary<string, string>? Passwords { get; init; }

    internal static TestAccountInfo Of(TestAccount account)
    {
        bool isLarge = account.Items.Count > ManyItems;
        return new TestAccountInfo(account.Email, account.MasterPassword, account.UserId, account.ClientId, account.ClientSecret)
        {
            Items = isLarge ? null : account.Items,
            Passwords = isLarge ? null : account.Passwords,
        };
    }
}
