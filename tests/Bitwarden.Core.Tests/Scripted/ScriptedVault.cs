using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Tests.Scripted;

/// <summary>An account whose sync answer a test writes member by member. Its KDF is the weakest that is allowed, to be quick.</summary>
internal sealed class ScriptedVault
{
    internal const string Email = "ada@example.org";
    internal const string Password = "correct horse 1 ü";
    internal static readonly KdfSettings QuickKdf = new(KdfType.Pbkdf2Sha256, 5_000);
    private static readonly Lazy<RsaKeyPair> s_keyPair = new(RsaKeyPair.Generate);

    internal ScriptedVault()
    {
        using SecretBytes pkcs8 = s_keyPair.Value.ExportPkcs8();
        Sync = new JsonObject
        {
            ["profile"] = new JsonObject
            {
                ["id"] = ScriptedServer.UserId.ToString(),
                ["email"] = Email,
                ["key"] = Wrap(Password, QuickKdf),
                ["privateKey"] = UserKey.Encrypt(pkcs8.Span).ToWireString(),
                ["securityStamp"] = "stamp-1",
                ["organizations"] = new JsonArray(),
            },
            ["folders"] = new JsonArray(),
            ["collections"] = new JsonArray(),
            ["ciphers"] = new JsonArray(),
            ["userDecryption"] = new JsonObject { ["masterPasswordUnlock"] = Unlock(QuickKdf, Wrap(Password, QuickKdf)) },
            ["object"] = "sync",
        };
    }

    internal SymmetricKey UserKey { get; } = SymmetricKey.Generate();

    internal JsonObject Sync { get; }

    internal JsonObject Profile => Sync["profile"]!.AsObject();

    internal JsonArray Ciphers => Sync["ciphers"]!.AsArray();

    internal static JsonObject Unlock(KdfSettings kdf, string wrappedUserKey) => new()
    {
        ["kdf"] = new JsonObject
        {
            ["kdfType"] = (int)kdf.Type, ["iterations"] = kdf.Iterations, ["memory"] = kdf.MemoryMib, ["parallelism"] = kdf.Parallelism,
        },
        ["masterKeyEncryptedUserKey"] = wrappedUserKey,
        ["salt"] = Email,
    };

    internal string Wrap(string password, KdfSettings kdf)
    {
        using MasterKey master = MasterKey.Derive(Encoding.UTF8.GetBytes(password), Email, kdf);
        return master.WrapUserKey(UserKey).ToWireString();
    }

    internal void SetUnlock(KdfSettings kdf, string wrappedUserKey)
    {
        Sync["userDecryption"] = new JsonObject { ["masterPasswordUnlock"] = Unlock(kdf, wrappedUserKey) };
        Profile["key"] = wrappedUserKey;
    }

    internal string Seal(string text, SymmetricKey? key = null) => (key ?? UserKey).EncryptText(text).ToWireString();

    internal Guid AddFolder(string name)
    {
        Guid id = Guid.NewGuid();
        Sync["folders"]!.AsArray().Add(new JsonObject { ["id"] = id.ToString(), ["name"] = Seal(name) });
        return id;
    }

    internal (Guid Id, SymmetricKey Key) AddOrganization(string name)
    {
        (Guid id, SymmetricKey key) = (Guid.NewGuid(), SymmetricKey.Generate());
        Profile["organizations"]!.AsArray().Add(
            new JsonObject { ["id"] = id.ToString(), ["name"] = name, ["key"] = s_keyPair.Value.WrapKey(key).ToWireString() });
        return (id, key);
    }

    /// <summary>Adds an item; the caller fills in what its type needs.</summary>
    internal JsonObject Add(string name, int type = 1, SymmetricKey? key = null)
    {
        JsonObject cipher = new() { ["id"] = Guid.NewGuid().ToString(), ["type"] = type, ["name"] = Seal(name, key), ["viewPassword"] = true };
        Ciphers.Add(cipher);
        return cipher;
    }

    internal JsonObject AddLogin(string name, string? username = null, string? password = null, Guid? folder = null)
    {
        JsonObject cipher = Add(name);
        cipher["folderId"] = folder?.ToString();
        cipher["login"] = new JsonObject
        {
            ["username"] = username is null ? null : Seal(username), ["password"] = password is null ? null : Seal(password),
        };
        return cipher;
    }

    internal VaultSnapshot Snapshot() => Snapshot(Sync);

    private static VaultSnapshot Snapshot(JsonNode sync) => SyncReader.Read(Encoding.UTF8.GetBytes(sync.ToJsonString()), ManualTimeProvider.Start);

    internal KeyRing Ring()
    {
        using SecretBytes copy = UserKey.CopyBytes();
        KeyRing ring = new(new SymmetricKey(copy.Span));
        Snapshot().AddKeysTo(ring);
        return ring;
    }

    internal UnlockedVault Open() => Open(Sync);

    /// <summary>Opens an answer that a test has written differently.</summary>
    internal UnlockedVault Open(JsonNode sync) => new(Snapshot(sync), new VaultAccess(Ring(), Email));
}
