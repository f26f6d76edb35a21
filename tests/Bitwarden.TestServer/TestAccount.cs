using System.Collections.Concurrent;
using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Seeding;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer;

/// <summary>An account of an <see cref="EmbeddedServer"/>, with everything its owner knows.</summary>
public sealed class TestAccount
{
    private const string SecretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int SecretLength = 30;
    private readonly ConcurrentDictionary<string, Guid> _items = new();
    private readonly ConcurrentDictionary<string, string> _passwords = new();
    private readonly ConcurrentDictionary<string, byte> _devices = new();
    private readonly ConcurrentQueue<string> _secrets = new();
    private readonly Dictionary<string, List<Guid>> _ids = [];

    internal TestAccount(AccountProfile profile, AccountKeys keys)
    {
        Profile = profile;
        Keys = keys;
        Kdf = profile.Kdf;
        UserId = StableGuid.From("user", profile.Email);
        ClientSecret = RandomNumberGenerator.GetString(SecretAlphabet, SecretLength);
    }

    /// <summary>In lower case.</summary>
    public string Email => Profile.Email;

    /// <summary>The password that opens the vault.</summary>
    public string MasterPassword => Profile.MasterPassword;

    /// <summary>What a password login sends.</summary>
    public string MasterPasswordHash => Keys.MasterPasswordHash;

    /// <summary>The account's id.</summary>
    public Guid UserId { get; }

    /// <summary>The id of the personal API key.</summary>
    public string ClientId => $"user.{UserId}";

    /// <summary>The secret of the personal API key: 30 characters.</summary>
    public string ClientSecret { get; private set; }

    /// <summary>When the API key was last made.</summary>
    public DateTime ClientSecretDate { get; private set; } = AccountProfile.CreationDate;

    /// <summary>What the server announces. Setting it wraps nothing anew: it is how a test makes the server lie.</summary>
    public KdfSettings Kdf { get; set; }

    /// <summary>Item ids by name, the first of several of one name.</summary>
    public IReadOnlyDictionary<string, Guid> Items => _items;

    /// <summary>Login passwords by item name, the first of several of one name.</summary>
    public IReadOnlyDictionary<string, string> Passwords => _passwords;

    /// <summary>Every seeded plain text that must not turn up in a log, a view or an error message.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets;

    /// <summary>The device identifiers that logged in.</summary>
    public IReadOnlyCollection<string> Devices => [.. _devices.Keys];

    /// <summary>The decrypted bytes of the attachment cert.pfx of the item "with attachment".</summary>
    public byte[] AttachmentContent => SpecialSeeds.AttachmentContent(this);

    /// <summary>The encrypted vault, as the server keeps it.</summary>
    public VaultStore Vault { get; } = new();

    /// <summary>The user key, for tests that read what a client wrote.</summary>
    public SymmetricKey UserKey => Keys.UserKey;

    /// <summary>The key id that a client told the server, or null.</summary>
    public string? UserKeyId { get; internal set; }

    /// <summary>Makes password logins ask for the challenge of old servers; the client secret is its answer.</summary>
    public bool RequireChallenge { get; set; }

    /// <summary>When set, password logins need this code of an authenticator app.</summary>
    public string? TwoFactorCode { get; set; }

    /// <summary>When set, password logins from an unknown device need this code.</summary>
    public string? NewDeviceOtp { get; set; }

    internal AccountProfile Profile { get; }

    internal AccountKeys Keys { get; }

    internal string SecurityStamp { get; } = Guid.NewGuid().ToString();

    /// <summary>Makes a new client secret. Tokens that were issued stay alive, as on the official server.</summary>
    public void RotateClientSecret()
    {
        ClientSecret = RandomNumberGenerator.GetString(SecretAlphabet, SecretLength);
        ClientSecretDate = DateTime.UtcNow;
    }

    /// <summary>The ids of all items that were seeded or added under a name, in that order.</summary>
    public IReadOnlyList<Guid> IdsOf(string name)
    {
        lock (_ids)
        {
            return _ids.TryGetValue(name, out List<Guid>? ids) ? [.. ids] : [];
        }
    }

    internal bool KnowsDevice(string identifier) => _devices.ContainsKey(identifier);

    internal void AddDevice(string identifier) => _devices.TryAdd(identifier, 0);

    internal void AddSecret(string value) => _secrets.Enqueue(value);

    internal void AddPassword(string name, string password) => _passwords.TryAdd(name, password);

    /// <summary>Gives the id for a new item: the same for the n-th item of a name in every server.</summary>
    internal Guid NextItemId(string name)
    {
        lock (_ids)
        {
            List<Guid> ids = _ids.TryGetValue(name, out List<Guid>? earlier) ? earlier : _ids[name] = [];
            Guid id = StableGuid.From("item", $"{Email}/{name}/{ids.Count}");
            ids.Add(id);
            _items.TryAdd(name, id);
            return id;
        }
    }
}
