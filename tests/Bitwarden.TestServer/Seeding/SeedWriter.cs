using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Seeding;

/// <summary>Puts items into an account's vault in the way its owner's client would.</summary>
internal sealed class SeedWriter(TestAccount account, DateTime date)
{
    internal static readonly DateTime SeedDate = new(2025, 6, 1, 12, 30, 15, 123, DateTimeKind.Utc);

    internal FieldSealer Sealer { get; } = new(account.UserKey);

    internal TestAccount Account => account;

    /// <summary>Makes a value of this account's own and remembers it as a secret.</summary>
    internal string Secret(string stem) => Remember($"{stem}-{account.Profile.Tag}");

    /// <summary>Remembers a value as a secret.</summary>
    internal string Remember(string value)
    {
        account.AddSecret(value);
        return value;
    }

    internal Guid AddFolder(string name)
    {
        Guid id = StableGuid.From("folder", $"{account.Email}/{name}");
        account.Vault.Put(new StoredFolder(id, Sealer.Seal(name), date));
        return id;
    }

    /// <summary>Adds a login with a password that is registered as the item's.</summary>
    internal Guid AddLogin(string name, LoginData login, string? password, Guid? folder = null, Func<StoredCipher, StoredCipher>? adjust = null)
    {
        if (password is not null)
        {
            account.AddPassword(name, Remember(password));
        }

        LoginData complete = login with { Password = Sealer.Seal(password) };
        return Add(name, 1, new CipherContent { Login = complete }, cipher => (adjust?.Invoke(cipher) ?? cipher) with { FolderId = folder });
    }

    internal Guid AddLogin(string name, string? username, string? password, Guid? folder = null) =>
        AddLogin(name, new LoginData { Username = Sealer.Seal(username) }, password, folder);

    /// <summary>Adds an item of any type; <paramref name="adjust"/> has the last word.</summary>
    internal Guid Add(string name, int type, CipherContent content, Func<StoredCipher, StoredCipher>? adjust = null, SymmetricKey? key = null) =>
        AddSealed(name, type, content with { Name = new FieldSealer(key ?? account.UserKey).Seal(name) }, adjust);

    /// <summary>Adds an item whose name is encrypted already.</summary>
    internal Guid AddSealed(string name, int type, CipherContent content, Func<StoredCipher, StoredCipher>? adjust = null)
    {
        StoredCipher cipher = new()
        {
            Id = account.NextItemId(name),
            Type = type,
            Content = content,
            CreationDate = date == SeedDate ? AccountProfile.CreationDate : date,
            RevisionDate = date,
        };
        account.Vault.Put(adjust?.Invoke(cipher) ?? cipher);
        return cipher.Id;
    }
}
