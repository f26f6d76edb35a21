using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Official;

/// <summary>
/// The official client's data file, and where in it a value is (protocol 10.3): under a flat key since 2024, in an object per account before; while the
/// client moved its values one by one, some here and some there. Never reads a token. Zeroed on <see cref="Dispose"/>.
/// </summary>
internal sealed class OfficialClientState : IDisposable
{
    private const string ProtectedPrefix = "__PROTECTED__";
    private const string ProtectedSuffix = "_user_auto";
    private readonly JsonDocument _document;
    private readonly SecretBytes _content;

    /// <summary>Owns both from now on, also on failure.</summary>
    /// <exception cref="OfficialClientException">OfficialClientNotLoggedIn or OfficialClientUnknownLayout.</exception>
    internal OfficialClientState(JsonDocument document, SecretBytes content, string path)
    {
        _document = document;
        _content = content;
        try
        {
            (UserId, Account) = FindAccount(path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The active account.</summary>
    internal Guid UserId { get; }

    /// <summary>What the file says about it.</summary>
    internal OfficialAccountRecord Account { get; }

    /// <summary>Opens the user key that an unlock has stored.</summary>
    /// <param name="sessionKey">The content of BW_SESSION; null for none.</param>
    /// <exception cref="OfficialClientException">OfficialClientLocked.</exception>
    internal SymmetricKey OpenUserKey(SecretBytes? sessionKey)
    {
        using OfficialSessionKey key = OfficialSessionKey.Parse(sessionKey ?? throw OfficialClientException.SessionKeyMissing());
        string own = $"{ProtectedPrefix}{UserId}{ProtectedSuffix}";
        SymmetricKey? userKey = At(own) is { ValueKind: JsonValueKind.String } entry ? key.TryOpen(WireJson.TextOf(entry) ?? string.Empty) : null;
        return userKey ?? throw WhyLocked(key, own);
    }

    /// <summary>A value of the account, from the first of several places that has it; null when none has.</summary>
    /// <param name="places">Each is a flat key without the user, or for the old layout a path that starts with a slash.</param>
    internal JsonElement? Find(params string[] places) => places
        .Select(place => place.StartsWith('/') ? At([UserId.ToString(), .. place[1..].Split('/')]) : At($"user_{UserId}_{place}"))
        .FirstOrDefault(value => value is not null);

    /// <summary>A value that belongs to no account.</summary>
    internal JsonElement? FindGlobal(string place) => place.StartsWith('/') ? At(place[1..].Split('/')) : At($"global_{place}");

    /// <summary>A value of the account without which there is no vault.</summary>
    /// <exception cref="OfficialClientException">OfficialClientUnknownLayout.</exception>
    internal JsonElement Require(params string[] places) => Find(places) ?? throw Unknown($"there is no {places[0]}.");

    /// <summary>The values of a map, read as records.</summary>
    /// <exception cref="OfficialClientException">OfficialClientUnknownLayout.</exception>
    internal T[] ReadMap<T>(JsonElement? map, JsonTypeInfo<T> type)
        where T : class => [.. Entries(map).Select(entry => ReadRecord(entry.Value, type)!)];

    /// <summary>The entries of a map; a missing map has none.</summary>
    internal IEnumerable<JsonProperty> Entries(JsonElement? map) => map switch
    {
        null => [],
        { ValueKind: JsonValueKind.Object } entries => entries.EnumerateObject().Where(entry => entry.Value.ValueKind != JsonValueKind.Null),
        _ => throw Unknown("a value is not the map that it should be."),
    };

    /// <summary>A value as a record; null for a missing one.</summary>
    /// <exception cref="OfficialClientException">OfficialClientUnknownLayout.</exception>
    internal T? ReadRecord<T>(JsonElement? value, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return value?.Deserialize(type);
        }
        catch (JsonException)
        {
            throw Unknown($"a {typeof(T).Name} does not have the expected form.");
        }
    }

    internal OfficialClientException Unknown(string what) => OfficialClientException.UnknownLayout(what, StateVersion);

    /// <inheritdoc/>
    public void Dispose()
    {
        _document.Dispose();
        _content.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => $"OfficialClientState {UserId}";

    private int? StateVersion => At("stateVersion") is { ValueKind: JsonValueKind.Number } version && version.TryGetInt32(out int number) ? number : null;

    private (Guid UserId, OfficialAccountRecord Account) FindAccount(string path)
    {
        JsonElement? active = At("global_account_activeAccountId") ?? At("activeUserId");
        if (active is not { ValueKind: JsonValueKind.String } text || !Guid.TryParse(WireJson.TextOf(text), out Guid id))
        {
            throw LooksUsed() ? Unknown("there is no active account.") : OfficialClientException.NotLoggedIn(path);
        }

        JsonElement? account = At("global_account_accounts", id.ToString()) ?? At(id.ToString(), "profile");
        OfficialAccountRecord? record = ReadRecord(account, OfficialClientJson.Default.OfficialAccountRecord);
        return string.IsNullOrWhiteSpace(record?.Email) ? throw OfficialClientException.NotLoggedIn(path) : (id, record);
    }

    // A client that nobody is logged in to stores a version and settings, but nothing of any account.
    private bool LooksUsed() =>
        _document.RootElement is not { ValueKind: JsonValueKind.Object } root
        || root.EnumerateObject().Any(property => property.Name.StartsWith(ProtectedPrefix, StringComparison.Ordinal))
        || (StateVersion is null && root.EnumerateObject().Any() && At("global", "stateVersion") is null);

    private OfficialClientException WhyLocked(OfficialSessionKey key, string own)
    {
        if (_document.RootElement.EnumerateObject().Any(entry => entry.Name != own && Opens(key, entry)))
        {
            return OfficialClientException.SessionKeyOfAnotherAccount(Account.Email!);
        }

        return At(own) is null ? OfficialClientException.NoStoredKey(Account.Email!) : OfficialClientException.SessionKeyReplaced(Account.Email!);
    }

    private static bool Opens(OfficialSessionKey key, JsonProperty entry)
    {
        bool isKey = entry.Name.StartsWith(ProtectedPrefix, StringComparison.Ordinal) && entry.Value.ValueKind == JsonValueKind.String;
        using SymmetricKey? opened = isKey ? key.TryOpen(WireJson.TextOf(entry.Value) ?? string.Empty) : null;
        return opened is not null;
    }

    private JsonElement? At(params string[] path)
    {
        JsonElement value = _document.RootElement;
        foreach (string name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value.ValueKind == JsonValueKind.Null ? null : value;
    }
}
