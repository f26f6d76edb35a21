using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Transfer;

/// <summary>An encrypted document of an item, and the key for its values while they are read.</summary>
internal sealed class SealedItem
{
    private static readonly JsonNodeOptions s_anyCasing = new() { PropertyNameCaseInsensitive = true };
    private static readonly JsonDocumentOptions s_limits = new() { MaxDepth = 64 };
    private readonly SymmetricKey? _key;

    private SealedItem(JsonObject body, SymmetricKey? key, bool hasOwnKey)
    {
        Body = body;
        _key = key;
        HasOwnKey = hasOwnKey;
    }

    internal JsonObject Body { get; }

    /// <summary>Whether the item has a key of its own, so that its addresses must have checksums (protocol 5.6).</summary>
    internal bool HasOwnKey { get; }

    /// <summary>The value that was asked for last, for messages.</summary>
    internal string Place { get; private set; } = "item";

    /// <summary>Parses a document.</summary>
    /// <param name="json">In UTF-8; members of any casing.</param>
    /// <exception cref="JsonException">It is not an object, or a member comes twice.</exception>
    internal static JsonObject Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json, s_anyCasing, s_limits) as JsonObject ?? throw new JsonException("Not an object.");
        }
        catch (ArgumentException e)
        {
            throw new JsonException("A member comes twice.", e);
        }
    }

    /// <summary>Runs something with an item whose values stay as they are.</summary>
    internal static SealedItem Closed(JsonObject body) => new(body, null, hasOwnKey: false);

    /// <summary>Runs something with an item whose values can be read. What cannot be is told with its place.</summary>
    /// <param name="body">The document.</param>
    /// <param name="owner">The key of the user or the organization.</param>
    /// <param name="use">What to do.</param>
    /// <exception cref="TransferException">UnreadableValue.</exception>
    internal static T Open<T>(JsonObject body, SymmetricKey owner, Func<SealedItem, T> use)
    {
        SealedItem item = Closed(body);
        try
        {
            EncString? wrapped = item.Value(body, "key", "key");
            using SymmetricKey? own = wrapped is null ? null : owner.UnwrapKey(wrapped);
            item = new SealedItem(body, own ?? owner, own is not null);
            return use(item);
        }
        catch (EncryptionException e)
        {
            throw TransferException.Unreadable(item.Place, e);
        }
    }

    /// <summary>The item's name; null when it cannot be read.</summary>
    internal static string? NameOf(JsonObject body, SymmetricKey owner)
    {
        try
        {
            return Open(body, owner, item =>
            {
                using SecretBytes? name = item.Decrypt(body, "name", "name");
                return name?.RevealText();
            });
        }
        catch (TransferException)
        {
            return null;
        }
    }

    /// <summary>A text of the document as it is; null for none.</summary>
    /// <exception cref="EncryptionException">MalformedEncString: it is something else.</exception>
    internal string? Wire(JsonObject holder, string name, string place)
    {
        Place = place;
        try
        {
            JsonNode? node = holder[name];
            return node?.GetValueKind() switch
            {
                null or JsonValueKind.Null => null,
                JsonValueKind.String => node.GetValue<string>() is { Length: > 0 } text ? text : null,
                _ => throw EncryptionException.Malformed("A value is not text."),
            };
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw EncryptionException.Malformed("A value is not valid text.");
        }
    }

    /// <summary>A decrypted value; null for none.</summary>
    /// <exception cref="EncryptionException">It cannot be read.</exception>
    internal SecretBytes? Decrypt(JsonObject holder, string name, string place) =>
        Value(holder, name, place) is EncString value ? _key!.Decrypt(value) : null;

    /// <summary>An object in the document; null for none.</summary>
    internal JsonObject? Object(string name)
    {
        Place = name;
        return Body[name] switch
        {
            null => null,
            JsonObject found => found,
            _ => throw EncryptionException.Malformed("A member is not an object."),
        };
    }

    /// <summary>The objects in a list; none where there is no list.</summary>
    internal IEnumerable<(JsonObject Entry, string Place)> List(JsonObject? holder, string name)
    {
        Place = name;
        return holder?[name] switch
        {
            null => [],
            JsonArray list => list.Select((entry, index) => (entry as JsonObject ?? throw EncryptionException.Malformed("An entry is not an object."),
                $"{name}[{index}]")),
            _ => throw EncryptionException.Malformed("A member is not a list."),
        };
    }

    private EncString? Value(JsonObject holder, string name, string place) => Wire(holder, name, place) is string wire ? EncString.Parse(wire) : null;
}
