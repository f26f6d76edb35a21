using System.Text.Json;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Matching;

namespace Bitwarden.Core.Vault;

/// <summary>
/// The only place that crosses from encrypted to decrypted items (protocol 5). Nothing is decrypted before it is asked for, and one bad part never hides the
/// rest.
/// </summary>
internal sealed class CipherCodec
{
    private readonly VaultItem _item;
    private readonly VaultAccess _access;
    private readonly CipherDocument _document;
    private volatile Dictionary<string, ItemValue>? _values;
    private ITextKey? _open;

    private CipherCodec(VaultItem item, VaultAccess access, CipherDocument document)
    {
        _item = item;
        _access = access;
        _document = document;
    }

    /// <summary>Every value by its selector, still encrypted.</summary>
    internal Dictionary<string, ItemValue> Values => _values ??= CreateValues();

    internal CipherRecord Record => _document.Record;

    /// <summary>A part of the item's document.</summary>
    internal ReadOnlySpan<byte> Part(ByteRange place) => _item.Row.Part(place);

    /// <summary>Parses an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="access">Opens its key.</param>
    /// <param name="forRow">Whether what a row of a listing shows is decrypted at once, while the key is open.</param>
    internal static ItemContent Read(VaultItem item, VaultAccess access, bool forRow = false)
    {
        access.EnsureOpen();
        if (ProblemOf(item.Row) is ItemProblem problem)
        {
            return new ItemContent(problem);
        }

        try
        {
            return access.WithTextKey(item.Row, key => new CipherCodec(item, access, CipherDocument.Parse(item.Row.Json)).Content(forRow ? key : null));
        }
        catch (EncryptionException e)
        {
            return new ItemContent(new ItemProblem("key", e.Code));
        }
        catch (JsonException)
        {
            return new ItemContent(new ItemProblem("item", ErrorCodes.MalformedItem));
        }
    }

    /// <summary>Decrypts an item's name; or says why it cannot be.</summary>
    internal static (string? Name, ItemProblem? Problem) DecryptName(CipherRow row, VaultAccess access)
    {
        if (ProblemOf(row) is ItemProblem unreadable)
        {
            return (null, unreadable);
        }

        try
        {
            return (access.WithTextKey(row, key => key.DecryptJsonText(row.NameJson)), null);
        }
        catch (EncryptionException e)
        {
            return (null, new ItemProblem("name", e.Code));
        }
    }

    /// <summary>The name as the server has it, encrypted; null for none.</summary>
    internal static string? NameWire(CipherRow row)
    {
        Utf8JsonReader reader = new(row.NameJson);
        return row.Name.IsEmpty || !reader.Read() ? null : JsonText.String(ref reader);
    }

    /// <summary>Decrypts the name of a folder or collection; null when it cannot be.</summary>
    internal static string? DecryptName(string? wire, Func<SymmetricKey> key)
    {
        try
        {
            return EncString.TryParse(wire, out EncString? name) ? key().DecryptText(name) : null;
        }
        catch (EncryptionException)
        {
            return null;
        }
    }

    /// <summary>Decrypts one value.</summary>
    /// <exception cref="ItemUnreadableException">It cannot be decrypted.</exception>
    internal static SecretBytes DecryptValue(VaultItem item, VaultAccess access, string field, ByteRange place)
    {
        try
        {
            return access.WithItemKey(item.Row, key => key.Decrypt(EncString.ParseJson(item.Row.Part(place))));
        }
        catch (EncryptionException e)
        {
            access.EnsureOpen();
            throw new ItemUnreadableException(item.Id, field, e);
        }
    }

    /// <summary>Decrypts a file of any of the three generations (protocol 5.9).</summary>
    /// <param name="item">The item.</param>
    /// <param name="access">Opens its key.</param>
    /// <param name="wrappedKey">The file's own key; null or empty for a file of the first generation.</param>
    /// <param name="content">The whole file.</param>
    /// <exception cref="ItemUnreadableException">It cannot be decrypted.</exception>
    internal static SecretBytes DecryptFile(VaultItem item, VaultAccess access, string? wrappedKey, EncString content)
    {
        using SymmetricKey key = OpenFileKey(item, access, wrappedKey);
        try
        {
            return key.Decrypt(content);
        }
        catch (EncryptionException e)
        {
            throw new ItemUnreadableException(item.Id, "attachment", e);
        }
    }

    /// <summary>Opens the key of a file of any generation; the caller disposes it.</summary>
    /// <inheritdoc cref="DecryptFile(VaultItem, VaultAccess, string?, EncString)" path="/exception"/>
    internal static SymmetricKey OpenFileKey(VaultItem item, VaultAccess access, string? wrappedKey)
    {
        try
        {
            return string.IsNullOrEmpty(wrappedKey)
                ? access.WithOwnerKey(item.Row, Copy)
                : access.WithItemKey(item.Row, key => key.UnwrapKey(EncString.Parse(wrappedKey)));
        }
        catch (EncryptionException e)
        {
            throw new ItemUnreadableException(item.Id, "attachment", e);
        }
    }

    /// <summary>Whether there is a value; of the usual ones nothing is made for it.</summary>
    internal bool Has(string selector) => (_document.Members.Count == 0 ? selector : null) switch
    {
        "password" => Record.Login?.Password.IsEmpty == false,
        "totp" => Record.Login?.Totp.IsEmpty == false,
        "notes" => !Record.Notes.IsEmpty,
        _ => Values.ContainsKey(selector),
    };

    internal string? DecryptUsername() => WithKey(key => Text(key, Record.Login?.Username ?? default) is { Length: > 0 } text ? text : null);

    internal IReadOnlyList<ItemAddress> DecryptAddresses() => WithKey(DecryptAddresses);

    internal IReadOnlyList<ItemField> DecryptFields() => Record.Fields is { Length: > 0 } fields
        ? WithKey(key => new TextList<ItemField>(fields.Select((field, index) => DecryptField(key, field, index))))
        : TextList<ItemField>.Empty;

    internal IReadOnlyList<ItemAttachment> DecryptAttachments() => Record.Attachments is { Length: > 0 } files
        ? WithKey(key => new TextList<ItemAttachment>(files.Select(file => DecryptAttachment(key, file))))
        : TextList<ItemAttachment>.Empty;

    /// <summary>Checks every part of the item.</summary>
    internal ItemCheck Check()
    {
        CipherRow row = _item.Row;
        return _access.WithItemKey(row, key => ItemVerifier.Run(this, key, _item.NameProblem, row.Json));
    }

    /// <summary>The addresses of a login, in the newer place or the older one.</summary>
    internal static LoginUriRecord[] AddressesOf(CipherRecord record) =>
        record.Login?.Uris is { Length: > 0 } uris ? uris : [new LoginUriRecord { Uri = record.Login?.Uri ?? default }];

    /// <summary>Decrypts a text; null for none, and for one that cannot be decrypted.</summary>
    internal string? Text(ITextKey key, ByteRange place)
    {
        try
        {
            return place.IsEmpty ? null : key.DecryptJsonText(Part(place));
        }
        catch (EncryptionException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether an address belongs to the item. One with a key of its own must carry checksums; they stop a server from moving addresses between items
    /// (protocol 5.6).
    /// </summary>
    internal bool IsTrusted(ITextKey key, LoginUriRecord record, string uri) =>
        Record.Key.IsEmpty || Text(key, record.UriChecksum) == UriChecksum.Compute(uri);

    /// <summary>
    /// Why nothing of an item can be read: it was not of the expected form, or its members are sealed in one blob (protocol 8.8), as accounts with
    /// encryption version 2 have them. Null when that is not so.
    /// </summary>
    private static ItemProblem? ProblemOf(CipherRow row)
    {
        if (row.Has(CipherFlags.Malformed))
        {
            return new ItemProblem("item", ErrorCodes.MalformedItem);
        }

        return row.Has(CipherFlags.SealedBlob) ? new ItemProblem("data", ErrorCodes.UnsupportedEncryption) : null;
    }

    // Nobody else has the content before this is done.
    private ItemContent Content(ITextKey? key)
    {
        ItemContent content = new(this);
        if (key is not null)
        {
            _open = key;
            content.DecryptRow();
            _open = null;
        }

        return content;
    }

    private T WithKey<T>(Func<ITextKey, T> use) => _open is ITextKey key ? use(key) : _access.WithTextKey(_item.Row, use);

    private Dictionary<string, ItemValue> CreateValues()
    {
        Dictionary<string, ItemValue> values = new(StringComparer.OrdinalIgnoreCase);
        if (Record.Login is LoginRecord login)
        {
            Add(values, "username", login.Username);
            Add(values, "password", login.Password, isHideable: true);
            Add(values, "totp", login.Totp, isHideable: true);
        }

        foreach ((string name, ByteRange value) in _document.Members)
        {
            Add(values, SelectorOf(name), value);
        }

        Add(values, "notes", Record.Notes);
        return values;
    }

    private void Add(Dictionary<string, ItemValue> values, string selector, ByteRange place, bool isHideable = false)
    {
        if (!place.IsEmpty)
        {
            values[selector] = isHideable && Record.ViewPassword == false ? Hidden(selector) : new ItemValue(_item, _access, selector, place);
        }
    }

    // Old servers write members in PascalCase, and SSN in capitals.
    private static string SelectorOf(string member) => member switch
    {
        _ when member.Equals("keyFingerprint", StringComparison.OrdinalIgnoreCase) => "fingerprint",
        _ when member.All(char.IsUpper) => member.ToLowerInvariant(),
        _ => char.ToLowerInvariant(member[0]) + member[1..],
    };

    private ItemValue Hidden(string field) => new(_item, field, ItemLookupException.Hidden(_item.Name ?? _item.Id.ToString()));

    private List<ItemAddress> DecryptAddresses(ITextKey key)
    {
        LoginUriRecord[] records = AddressesOf(Record);
        List<ItemAddress> addresses = new(records.Length);
        foreach (LoginUriRecord record in records)
        {
            if (Text(key, record.Uri) is string uri && IsTrusted(key, record, uri))
            {
                addresses.Add(new ItemAddress(uri, (UriMatch?)record.Match));
            }
        }

        return addresses;
    }

    private ItemField DecryptField(ITextKey key, FieldRecord record, int index)
    {
        string field = $"fields[{index}]";
        string name = Text(key, record.Name) ?? string.Empty;
        FieldType type = (FieldType)(record.Type ?? 0);
        if (type == FieldType.Hidden && Record.ViewPassword == false)
        {
            return new ItemField(name, type, Hidden(field));
        }

        string? linked = type == FieldType.Linked ? LinkedValues.SelectorOf(record.LinkedId) : null;
        ItemValue? own = record.Value.IsEmpty ? null : new ItemValue(_item, _access, field, record.Value);
        return new ItemField(name, type, linked is null ? own : Values.GetValueOrDefault(linked));
    }

    // A text, not a place: some files come from elsewhere than the document.
    private static string? FileName(ITextKey key, AttachmentRecord record)
    {
        try
        {
            return string.IsNullOrEmpty(record.FileName) ? null : key.DecryptText(EncString.Parse(record.FileName));
        }
        catch (EncryptionException)
        {
            return null;
        }
    }

    private static ItemAttachment DecryptAttachment(ITextKey key, AttachmentRecord record) =>
        new(record.Id ?? string.Empty, FileName(key, record) ?? string.Empty, record.Size, record);

    private static SymmetricKey Copy(SymmetricKey key)
    {
        using SecretBytes copy = key.CopyBytes();
        return new SymmetricKey(copy.Span);
    }
}
