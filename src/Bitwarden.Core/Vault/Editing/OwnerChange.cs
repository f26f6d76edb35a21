using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault.Editing;

/// <summary>
/// Gives a personal item to an organization (protocol 7.5). One with a key of its own has only that key wrapped anew; of the others every encrypted value is,
/// known or not. One value that cannot be decrypted ends it: the new owner could never read it.
/// </summary>
internal sealed class OwnerChange
{
    private readonly VaultItem _item;
    private readonly SymmetricKey _from;
    private readonly SymmetricKey _to;

    private OwnerChange(VaultItem item, SymmetricKey from, SymmetricKey to)
    {
        _item = item;
        _from = from;
        _to = to;
    }

    /// <exception cref="ItemWriteException">ItemNotWritable.</exception>
    internal static CipherRequest Make(VaultItem item, Guid organizationId)
    {
        item.EnsureWritable();
        CipherRequest request = CipherRequest.From(item);
        SymmetricKey to = item.Access.OwnerKey(organizationId);
        WithKey(item, from =>
        {
            new OwnerChange(item, from, to).Apply(request.Body);
            return true;
        });
        return request.For(organizationId);
    }

    /// <summary>Encrypts every value of a document anew, for another key.</summary>
    /// <exception cref="ItemWriteException">ItemNotWritable: one of them cannot be decrypted.</exception>
    internal static void Encrypt(VaultItem item, JsonObject body, SymmetricKey to) => WithKey(item, from =>
    {
        new OwnerChange(item, from, to).Encrypt(body, string.Empty);
        return true;
    });

    private static void WithKey(VaultItem item, Func<SymmetricKey, bool> use)
    {
        try
        {
            item.Access.WithItemKey(item.Row, use);
        }
        catch (EncryptionException e)
        {
            throw ItemWriteException.NotWritable(item.UniqueName, item.Id, $"its key cannot be opened ({e.Code})");
        }
    }

    private void Apply(JsonObject body)
    {
        bool hasOwnKey = CipherRequest.Text(body["key"]) is not null;
        if (hasOwnKey)
        {
            body["key"] = _to.WrapKey(_from).ToWireString();
        }
        else
        {
            Encrypt(body, string.Empty);
        }

        JsonObject files = new();
        foreach (AttachmentRecord file in _item.Attachments.Select(file => file.Record))
        {
            files[file.Id ?? string.Empty] = Describe(file, hasOwnKey);
        }

        if (files.Count > 0)
        {
            body["attachments2"] = files;
        }
    }

    private JsonObject Describe(AttachmentRecord file, bool hasOwnKey)
    {
        if (string.IsNullOrEmpty(file.Key))
        {
            throw Refuse("a file at it has the oldest form of encryption, and has to be added anew first");
        }

        return new JsonObject
        {
            ["fileName"] = hasOwnKey ? file.FileName : Encrypt(file.FileName ?? string.Empty, "attachment"),
            ["key"] = hasOwnKey ? file.Key : Encrypt(file.Key, "attachment"),
        };
    }

    private void Encrypt(JsonNode node, string path)
    {
        foreach ((JsonNode? child, string place, Action<JsonNode> replace) in Children(node, path).ToArray())
        {
            if (child is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            {
                string text = value.GetValue<string>();
                if (EncString.TryParse(text, out _))
                {
                    replace(JsonValue.Create(Encrypt(text, place)));
                }
            }
            else if (child is not null)
            {
                Encrypt(child, place);
            }
        }
    }

    private static IEnumerable<(JsonNode? Child, string Place, Action<JsonNode> Replace)> Children(JsonNode node, string path) => node switch
    {
        JsonObject members => members.Select(member => (member.Value, $"{path}.{member.Key}".TrimStart('.'), Setter(members, member.Key))),
        JsonArray list => list.Select((entry, index) => (entry, $"{path}[{index}]", Setter(list, index))),
        _ => [],
    };

    private static Action<JsonNode> Setter(JsonObject members, string name) => value => members[name] = value;

    private static Action<JsonNode> Setter(JsonArray list, int index) => value => list[index] = value;

    private string Encrypt(string wire, string place)
    {
        try
        {
            using SecretBytes plain = _from.Decrypt(EncString.Parse(wire));
            return _to.Encrypt(plain.Span).ToWireString();
        }
        catch (EncryptionException e)
        {
            throw Refuse($"its '{place}' cannot be decrypted ({e.Code})");
        }
    }

    private ItemWriteException Refuse(string reason) => ItemWriteException.NotWritable(_item.UniqueName, _item.Id, reason);
}
