using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault.Editing;

/// <summary>
/// An item's document on its way to the server (protocol 7.2): everything that the server sent, unknown members too and each value in its own encryption,
/// without what belongs to the server alone. Holds ciphertext only.
/// </summary>
internal sealed class CipherRequest
{
    // The server's own copy of the item ("data") would win over the members that were changed.
    private static readonly string[] s_ofServer =
    [
        "object", "id", "data", "partialData", "collectionIds", "attachments", "edit", "viewPassword", "permissions", "organizationUseTotp", "creationDate",
        "revisionDate", "deletedDate",
    ];

    private static readonly JsonNodeOptions s_anyCasing = new() { PropertyNameCaseInsensitive = true };
    private static readonly JsonDocumentOptions s_limits = new() { MaxDepth = 64 };

    private CipherRequest(ItemType type, JsonObject body)
    {
        Type = type;
        Body = body;
    }

    internal ItemType Type { get; }

    /// <summary>The end of the call's path behind the item's id.</summary>
    internal string Action { get; private init; } = string.Empty;

    /// <summary>The members, whatever their casing.</summary>
    internal JsonObject Body { get; }

    /// <summary>What only items of this kind have.</summary>
    internal JsonObject Member => Object(ItemTypes.Of(Type).WireMember);

    /// <summary>An empty item.</summary>
    internal static CipherRequest Blank(ItemType type)
    {
        CipherRequest request = new(type, new JsonObject(s_anyCasing) { ["type"] = (int)type, ["favorite"] = false, ["reprompt"] = 0 });
        request.EnsureMember();
        return request;
    }

    /// <summary>What belongs to the account and not to the item, which may be changed where the item may only be read.</summary>
    internal static CipherRequest Personal(VaultItem item, Guid? folderId, bool favorite) => new(
        item.Type, new JsonObject(s_anyCasing) { ["folderId"] = folderId?.ToString(), ["favorite"] = favorite })
    {
        Action = "/partial",
    };

    /// <summary>The same on its way to an organization.</summary>
    internal CipherRequest For(Guid organizationId)
    {
        Body["organizationId"] = organizationId.ToString();
        return new CipherRequest(Type, Body) { Action = "/share" };
    }

    /// <summary>A new version of an item.</summary>
    /// <exception cref="ItemWriteException">ItemNotWritable: the document is not understood.</exception>
    internal static CipherRequest From(VaultItem item)
    {
        try
        {
            JsonObject body = JsonNode.Parse(item.Row.Json, s_anyCasing, s_limits)!.AsObject();
            EnsureUnderstood(body);
            JsonNode? revision = body["revisionDate"]?.DeepClone();
            foreach (string name in s_ofServer)
            {
                body.Remove(name);
            }

            body["lastKnownRevisionDate"] = revision;
            CipherRequest request = new(item.Type, body);
            request.EnsureMember();
            request.DropOldAddress();
            return request;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw ItemWriteException.NotWritable(item.UniqueName, item.Id, "the server sent it in a form that is not understood");
        }
    }

    /// <summary>A list of objects in the document, made when it is not there.</summary>
    internal static JsonArray List(JsonObject holder, string name)
    {
        if (holder[name] is not JsonArray list)
        {
            holder[name] = list = [];
        }

        return list;
    }

    /// <summary>Ids as a list of the wire.</summary>
    internal static JsonArray Ids(IEnumerable<Guid> ids) => new([.. ids.Select(id => JsonValue.Create(id.ToString()))]);

    /// <summary>A text in the document; null for none.</summary>
    internal static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    /// <summary>Names the type.</summary>
    public override string ToString() => $"CipherRequest {Type}";

    // With a member twice nobody knows which of them counts, and text that is not Unicode cannot be sent back.
    private static void EnsureUnderstood(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((string _, JsonNode? member) in members)
                {
                    EnsureUnderstood(member);
                }

                break;
            case JsonArray list:
                foreach (JsonNode? entry in list)
                {
                    EnsureUnderstood(entry);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }

    private JsonObject Object(string name)
    {
        if (Body[name] is not JsonObject found)
        {
            Body[name] = found = new JsonObject(s_anyCasing);
        }

        return found;
    }

    // Without it the official server fails with 500.
    private void EnsureMember()
    {
        JsonObject member = Member;
        if (Type == ItemType.SecureNote && member["type"] is null)
        {
            member["type"] = 0;
        }
    }

    // The official server adds the first address again when it is sent in its older place too.
    private void DropOldAddress()
    {
        if (Type == ItemType.Login && Member["uris"] is JsonArray { Count: > 0 })
        {
            Member.Remove("uri");
        }
    }
}
