using Bitwarden.TestServer.Seeding;

namespace Bitwarden.TestServer;

/// <summary>The accounts of one server. Those that few tests need are made when somebody first asks for them.</summary>
internal sealed class AccountDirectory
{
    private readonly List<Entry> _entries;

    internal AccountDirectory(IEnumerable<TestAccount> ready)
    {
        _entries = [.. ready.Select(account => new Entry(account.Email, account.UserId, new Lazy<TestAccount>(account)))];
    }

    internal IReadOnlyList<TestAccount> All => [.. _entries.Select(entry => entry.Account.Value)];

    /// <summary>Those that exist by now.</summary>
    internal IReadOnlyList<TestAccount> Made => [.. _entries.Where(entry => entry.Account.IsValueCreated).Select(entry => entry.Account.Value)];

    /// <summary>Adds an account that does not exist before it is found.</summary>
    internal void AddLater(AccountProfile profile, Func<TestAccount> create) =>
        _entries.Add(new Entry(profile.Email, profile.UserId, new Lazy<TestAccount>(create)));

    internal TestAccount? Find(string? email) => _entries.Find(entry => entry.Email == email)?.Account.Value;

    internal TestAccount? Find(Guid userId) => _entries.Find(entry => entry.UserId == userId)?.Account.Value;

    private sealed record Entry(string Email, Guid UserId, Lazy<TestAccount> Account);
}
