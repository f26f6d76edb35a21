using System.Buffers;
using System.Text.Json;
using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Official;

/// <summary>Turns the official client's data into what a sync would have answered: the same records, stored as maps by id.</summary>
internal sealed class OfficialClientSnapshotReader
{
    private const string ProviderKey = "provider";
    private const string WrappedUserKey = "masterPassword_masterKeyEncryptedUserKey";
    private readonly OfficialClientState _state;

    internal OfficialClientSnapshotReader(OfficialClientState state)
    {
        _state = state;
    }

    /// <summary>The account as the official client last fetched it.</summary>
    /// <exception cref="Errors.OfficialClientException">OfficialClientUnknownLayout.</exception>
    internal VaultSnapshot ReadSnapshot()
    {
        (VaultBytes bytes, IReadOnlyList<CipherRow> rows) = SyncReader.ReadList(WriteItems());
        ProfileRecord profile = ReadProfile();
        return new VaultSnapshot(bytes, rows, profile, ReadLastSync())
        {
            Folders = _state.ReadMap(_state.Find("folder_folders", "/data/folders/encrypted"), SyncJson.Default.FolderRecord),
            Collections = _state.ReadMap(_state.Find("collection_collections", "/data/collections/encrypted"), SyncJson.Default.CollectionRecord),
            Unlock = UnlockMaterial.From(new UserDecryptionRecord { MasterPasswordUnlock = ReadUnlock() }, profile.Email),
        };
    }

    // The client keeps the items as the server sent them, but in a map.
    private ReadOnlyMemory<byte> WriteItems()
    {
        ArrayBufferWriter<byte> list = new();
        using Utf8JsonWriter writer = new(list);
        writer.WriteStartArray();
        foreach (JsonProperty item in _state.Entries(_state.Require("ciphers_ciphers", "/data/ciphers/encrypted")))
        {
            if (item.Value.ValueKind != JsonValueKind.Object)
            {
                throw _state.Unknown("an item is not of the expected form.");
            }

            item.Value.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.Flush();
        return list.WrittenMemory;
    }

    /// <summary>The server that the account is on.</summary>
    /// <exception cref="Errors.InvalidInputException">InvalidServer: an address that is not accepted.</exception>
    internal ServerEnvironment ReadServer()
    {
        OfficialEnvironmentRecord? environment = Environments().FirstOrDefault(found => found?.Region is not null || found?.Addresses is not null);
        OfficialUrlsRecord? urls = environment?.Addresses;
        string? address = Address(urls?.Base) ?? Address(urls?.Api);
        return address is null ? Cloud(environment?.Region) : ServerEnvironment.Resolve(address, ToUri(urls?.Identity), ToUri(urls?.Api));
    }

    // The account's own, by the layouts from new to old, then the client's.
    private IEnumerable<OfficialEnvironmentRecord?> Environments()
    {
        yield return Environment(_state.Find("environment_environment"));
        yield return new OfficialEnvironmentRecord
        {
            Region = Text(_state.Find("environment_region")),
            Urls = _state.ReadRecord(_state.Find("environment_urls"), OfficialClientJson.Default.OfficialUrlsRecord),
        };
        yield return Environment(_state.Find("/settings"));
        yield return Environment(_state.FindGlobal("environment_environment"));
        yield return Environment(_state.FindGlobal("/global"));
    }

    private OfficialEnvironmentRecord? Environment(JsonElement? value) => _state.ReadRecord(value, OfficialClientJson.Default.OfficialEnvironmentRecord);

    private ServerEnvironment Cloud(string? region) => region is null or "US" or "EU"
        ? ServerEnvironment.Resolve(region)
        : throw _state.Unknown("the server's region has no address.");

    private static string? Address(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static Uri? ToUri(string? text) => Address(text) is string address ? new Uri(address, UriKind.RelativeOrAbsolute) : null;

    private ProfileRecord ReadProfile()
    {
        Dictionary<Guid, OfficialOrganizationKeyRecord> keys = ReadOrganizationKeys();
        OrganizationRecord[] organizations = _state.ReadMap(
            _state.Find("organizations_organizations", "/data/organizations"), SyncJson.Default.OrganizationRecord);
        return new ProfileRecord
        {
            Id = _state.UserId,
            Name = _state.Account.Name,
            Email = _state.Account.Email,
            EmailVerified = _state.Account.EmailVerified,
            CreationDate = _state.Account.CreationDate,
            Key = Text(_state.Find(WrappedUserKey)),
            UsesKeyConnector = _state.Find("keyConnector_usesKeyConnector", "/profile/usesKeyConnector") is { ValueKind: JsonValueKind.True },
            PrivateKey = ReadPrivateKey(),
            Providers = ReadProviders(),
            Organizations = [.. organizations.Where(own => !IsProviders(keys, own)).Select(own => own with { Key = keys.GetValueOrDefault(own.Id)?.Key })],
            ProviderOrganizations = [.. organizations.Where(own => IsProviders(keys, own)).Select(own => OfProvider(own, keys[own.Id]))],
        };
    }

    private static bool IsProviders(Dictionary<Guid, OfficialOrganizationKeyRecord> keys, OrganizationRecord organization) =>
        keys.TryGetValue(organization.Id, out OfficialOrganizationKeyRecord? key) && key.Type == ProviderKey;

    private static ProviderOrganizationRecord OfProvider(OrganizationRecord organization, OfficialOrganizationKeyRecord key) => new()
    {
        OrganizationId = organization.Id,
        ProviderId = key.ProviderId ?? Guid.Empty,
        Name = organization.Name,
        Key = key.Key,
    };

    private Dictionary<Guid, OfficialOrganizationKeyRecord> ReadOrganizationKeys() =>
        ReadIds(_state.Find("crypto_organizationKeys", "/keys/organizationKeys/encrypted"))
            .ToDictionary(entry => entry.Id, entry => _state.ReadRecord(entry.Value, OfficialClientJson.Default.OfficialOrganizationKeyRecord)!);

    private OrganizationRecord[] ReadProviders() =>
    [
        .. ReadIds(_state.Find("crypto_providerKeys", "/keys/providerKeys/encrypted"))
            .Select(entry => new OrganizationRecord { Id = entry.Id, Key = Text(entry.Value) }),
    ];

    private IEnumerable<(Guid Id, JsonElement Value)> ReadIds(JsonElement? map) => _state.Entries(map)
        .Select(entry => (Guid.TryParse(entry.Name, out Guid id) ? id : throw _state.Unknown("a key of a map is not an id."), entry.Value));

    // By encryption version since 2026, one text before.
    private string? ReadPrivateKey()
    {
        JsonElement? versions = _state.Find("crypto_accountCryptographicState");
        return versions is null
            ? Text(_state.Find("crypto_privateKey", "/keys/privateKey/encrypted"))
            : _state.ReadMap(versions, OfficialClientJson.Default.OfficialKeyPairRecord).FirstOrDefault()?.PrivateKey;
    }

    private MasterPasswordUnlockRecord? ReadUnlock() =>
        _state.ReadRecord(_state.Find("masterPasswordUnlock_masterPasswordUnlockKey"), SyncJson.Default.MasterPasswordUnlockRecord)
        ?? new MasterPasswordUnlockRecord
        {
            Kdf = _state.ReadRecord(_state.Find("kdfConfig_kdfConfig"), SyncJson.Default.KdfRecord),
            MasterKeyEncryptedUserKey = Text(_state.Find(WrappedUserKey)),
            Salt = _state.Account.Email,
        };

    private DateTimeOffset ReadLastSync() =>
        _state.Require("sync_lastSync", "/profile/lastSync") is { ValueKind: JsonValueKind.String } text && WireJson.DateOf(text) is DateTimeOffset time
            ? time
            : throw _state.Unknown("the time of the last sync cannot be read.");

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? WireJson.TextOf(text) : null;
}
