using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
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

    internal TestAccount(AccountProfile profile, AccountKeys keys, ServerClock clock)
    {
        Profile = profile;
        Keys = keys;
        Clock = clock;
        Vault = new VaultStore(clock);
        TwoFactor = new TwoFactorSettings(clock);
        Kdf = profile.Kdf;
        MasterPassword = profile.MasterPassword;
        Premium = profile.Premium;
        EmailVerified = profile.EmailVerified;
        ClientSecret = RandomNumberGenerator.GetString(SecretAlphabet, SecretLength);
    }

    /// <summary>In lower case.</summary>
    public string Email => Profile.Email;

    /// <summary>The password that opens the vault; empty for an account that has none.</summary>
    public string MasterPassword { get; private set; }

    /// <summary>What a password login sends; empty for an account without a master password.</summary>
    public string MasterPasswordHash => Keys.MasterPasswordHash ?? "";

    /// <summary>False for accounts with a Key Connector or with trusted devices only.</summary>
    public bool HasMasterPassword => Profile.Kind == AccountKind.MasterPassword;

    /// <summary>The account's id.</summary>
    public Guid UserId => Profile.UserId;

    /// <summary>The id of the personal API key.</summary>
    public string ClientId => $"user.{UserId}";

    /// <summary>The secret of the personal API key: 30 characters.</summary>
    public string ClientSecret { get; private set; }

    /// <summary>When the API key was last made.</summary>
    public DateTime ClientSecretDate { get; private set; } = AccountProfile.CreationDate;

    /// <summary>
    /// What the server announces. Setting it wraps nothing anew: it is how a test makes the server lie. <see cref="ChangeKdf"/> is how an owner changes it.
    /// </summary>
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
    public VaultStore Vault { get; }

    /// <summary>The user key, for tests that read what a client wrote.</summary>
    public SymmetricKey UserKey => Keys.UserKey;

    /// <summary>The key id that a client told the server, or null.</summary>
    public string? UserKeyId { get; internal set; }

    /// <summary>Makes password logins ask for the challenge of old servers; the client secret is its answer.</summary>
    public bool RequireChallenge { get; set; }

    /// <summary>The second step of password logins; off at first.</summary>
    public TwoFactorSettings TwoFactor { get; }

    /// <summary>When set, password logins need this code of an authenticator app, alone or beside other methods.</summary>
    public string? TwoFactorCode
    {
        get => TwoFactor.CodeOf(TwoFactorMethod.Authenticator);
        set
        {
            if (value is null)
            {
                TwoFactor.TurnOff(TwoFactorMethod.Authenticator);
            }
            else
            {
                TwoFactor.TurnOn(TwoFactorMethod.Authenticator, value);
            }
        }
    }

    /// <summary>The two-step codes that the server mailed, oldest first. Only the newest counts, and once.</summary>
    public IReadOnlyList<string> SentEmailCodes => TwoFactor.EmailCodes.Sent;

    /// <summary>Makes password logins from an unknown device need a mailed code, unless two-step login is on.</summary>
    public bool VerifyNewDevices { get; set; }

    /// <summary>When set, password logins from an unknown device need this code, which is good without having been mailed too.</summary>
    public string? NewDeviceOtp
    {
        get => NewDeviceCodes.Fixed;
        set => NewDeviceCodes.Fixed = value;
    }

    /// <summary>The new-device codes that the server mailed, oldest first. Only the newest counts, and once.</summary>
    public IReadOnlyList<string> SentNewDeviceCodes => NewDeviceCodes.Sent;

    /// <summary>Refuses password logins because of an organization's policy; the API key is exempt.</summary>
    public bool RequireSso { get; set; }

    /// <summary>Refuses logins as the server refuses accounts from before there were user keys.</summary>
    public bool IsLegacy { get; set; }

    /// <summary>As the profile and the access token say.</summary>
    public bool Premium { get; set; }

    /// <summary>As the profile and the access token say.</summary>
    public bool EmailVerified { get; set; }

    /// <summary>What the Key Connector keeps for the account, 32 bytes; null for nothing.</summary>
    public byte[]? KeyConnectorKey { get; set; }

    /// <summary>When set, the Key Connector sends clients to this address.</summary>
    public string? KeyConnectorRedirect { get; set; }

    /// <summary>Changes with the master password, the KDF, and when all sessions are ended.</summary>
    public string SecurityStamp { get; private set; } = Guid.NewGuid().ToString();

    /// <summary>Opens the key of an organization of this account. The caller disposes of it.</summary>
    public SymmetricKey OpenOrganizationKey(Guid organization) =>
        Keys.KeyPair.UnwrapKey(EncString.Parse(Vault.Organizations.First(known => known.Id == organization).Key));

    internal AccountProfile Profile { get; }

    internal ServerClock Clock { get; }

    internal AccountKeys Keys { get; private set; }

    internal MailedCodes NewDeviceCodes { get; } = new();

    internal bool UsesKeyConnector => Profile.Kind == AccountKind.KeyConnector;

    internal bool AsksNewDevices => (VerifyNewDevices || NewDeviceOtp is not null) && !TwoFactor.IsOn;

    /// <summary>Makes a new client secret. Tokens that were issued stay alive, as on the official server.</summary>
    public void RotateClientSecret()
    {
        ClientSecret = RandomNumberGenerator.GetString(SecretAlphabet, SecretLength);
        ClientSecretDate = Clock.UtcNow;
    }

    /// <summary>Ends all sessions: refresh and remember tokens die, access tokens live until they expire, as on the official server.</summary>
    public void ChangeSecurityStamp()
    {
        SecurityStamp = Guid.NewGuid().ToString();
        TwoFactor.ForgetDevices();
    }

    /// <summary>Changes the master password as its owner does in the web vault: same user key, new wrapping, hash and security stamp.</summary>
    public void ChangeMasterPassword(string masterPassword) => Rewrap(masterPassword, Kdf);

    /// <summary>Changes the KDF as the owner does in the web vault: same user key, new wrapping, hash and security stamp.</summary>
    public void ChangeKdf(KdfSettings kdf) => Rewrap(MasterPassword, kdf);

    /// <summary>The ids of all items that were seeded or added under a name, in that order.</summary>
    public IReadOnlyList<Guid> IdsOf(string name)
    {
        lock (_ids)
        {
            return _ids.TryGetValue(name, out List<Guid>? ids) ? [.. ids] : [];
        }
    }

    internal bool IsMasterPasswordHash(string? given) => Keys.MasterPasswordHash is string expected
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given ?? ""));

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

    private void Rewrap(string masterPassword, KdfSettings kdf)
    {
        if (!HasMasterPassword)
        {
            throw new InvalidOperationException($"{Email} has no master password.");
        }

        (MasterKey masterKey, string hash) = SlowKeys.DeriveMasterKey(masterPassword, Email, kdf);
        using (masterKey)
        {
            Keys = Keys.Rewrap(masterKey, hash);
        }

        MasterPassword = masterPassword;
        Kdf = kdf;
        ChangeSecurityStamp();
        Vault.Touch();
    }
}
