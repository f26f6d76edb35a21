using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Seeding;

/// <summary>Makes the accounts of a server, with their vaults.</summary>
internal static class AccountSeeder
{
    internal static async Task<AccountDirectory> CreateAsync(EmbeddedServerOptions options, ServerClock clock)
    {
        List<Task<TestAccount>> accounts =
        [
            Task.Run(() => Create(AccountProfile.Pbkdf2, clock, WriteDefault)),
            Task.Run(() => Create(AccountProfile.Argon2id, clock, WriteDefault)),
        ];
        if (options.LargeVaultItems > 0)
        {
            accounts.Add(Task.Run(() => Create(AccountProfile.Large, clock, writer => new ManySeeds(writer, options).Write())));
        }

        AccountDirectory directory = new(await Task.WhenAll(accounts));
        directory.AddLater(AccountProfile.Weak, () => Create(AccountProfile.Weak, clock, WriteSmall));
        directory.AddLater(AccountProfile.KeyConnector, () => Create(AccountProfile.KeyConnector, clock, WriteKeyConnector));
        directory.AddLater(AccountProfile.TrustedDevice, () => Create(AccountProfile.TrustedDevice, clock, WriteSmall));
        return directory;
    }

    /// <summary>Adds a login whose password does not pass its MAC.</summary>
    internal static Guid AddBroken(TestAccount account)
    {
        SeedWriter writer = new(account, account.Clock.UtcNow);
        return writer.AddLogin("broken", new LoginData { Username = writer.Sealer.Seal("broken_user") }, "never-readable", adjust: cipher =>
            cipher with { Content = cipher.Content with { Login = Tamper(cipher.Content.Login!) } });
    }

    /// <summary>Adds a login as if its owner had saved it just now; a folder that is missing is made.</summary>
    internal static Guid AddLogin(TestAccount account, string name, string? username, string? password, string? folder)
    {
        SeedWriter writer = new(account, account.Clock.UtcNow);
        return writer.AddLogin(name, username, password, folder is null ? null : FindFolder(account, folder) ?? writer.AddFolder(folder));
    }

    /// <summary>Adds a login with one address and nothing else.</summary>
    internal static Guid AddAddress(TestAccount account, string name, string uri, int? match)
    {
        SeedWriter writer = new(account, account.Clock.UtcNow);
        return writer.AddLogin(name, new LoginData { Uris = [writer.Sealer.Uri(uri, match)] }, password: null);
    }

    /// <summary>Adds a secure note without notes and with hidden fields, each a name and a value.</summary>
    internal static Guid AddFields(TestAccount account, string name, IEnumerable<string[]> fields)
    {
        SeedWriter writer = new(account, account.Clock.UtcNow);
        FieldData[] sealedFields = [.. fields.Select(field => writer.Sealer.Field(1, field[0], field[1]))];
        return writer.Add(name, 2, new CipherContent { SecureNote = new(), Fields = sealedFields });
    }

    private static TestAccount Create(AccountProfile profile, ServerClock clock, Action<SeedWriter> write)
    {
        TestAccount account = SlowKeys.CreateAccount(profile, clock);
        write(new SeedWriter(account, SeedWriter.SeedDate));
        return account;
    }

    private static void WriteDefault(SeedWriter writer)
    {
        new LoginSeeds(writer).Write();
        new OtherTypeSeeds(writer).Write();
        new SpecialSeeds(writer).Write();
        new OrganizationSeeds(writer).Write();
    }

    private static void WriteSmall(SeedWriter writer) => writer.AddLogin("small-sql", "small_user", writer.Secret("Sm4ll-sql!"));

    private static void WriteKeyConnector(SeedWriter writer)
    {
        WriteSmall(writer);
        new OrganizationSeeds(writer).Write(keyConnector: true);
    }

    private static LoginData Tamper(LoginData login)
    {
        string text = login.Password!;
        char last = text[^10];
        return login with { Password = $"{text[..^10]}{(last == 'A' ? 'B' : 'A')}{text[^9..]}" };
    }

    private static Guid? FindFolder(TestAccount account, string name) => account.Vault.Folders
        .Where(folder => account.UserKey.DecryptText(EncString.Parse(folder.Name)) == name)
        .Select(folder => (Guid?)folder.Id)
        .FirstOrDefault();
}
