using System.Globalization;
using System.Text.Json;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;

namespace Bitwarden.Interop.Tests;

/// <summary>Everything that both clients say about an item, in the same words, one sorted line a value.</summary>
internal sealed class ItemDescription
{
    private static readonly string[] s_members = ["login", "card", "identity", "sshKey", "bankAccount", "driversLicense", "passport"];
    private readonly SortedDictionary<string, string> _lines = new(StringComparer.Ordinal);

    private ItemDescription()
    {
    }

    /// <summary>What the official client says.</summary>
    /// <param name="item">The item.</param>
    /// <param name="folders">Names of folders by id.</param>
    internal static IEnumerable<string> Of(JsonElement item, IReadOnlyDictionary<string, string> folders)
    {
        ItemDescription description = new();
        foreach (string name in new[] { "id", "name", "organizationId", "notes" })
        {
            description.Add(name, Text(item, name));
        }

        description.Add("type", item.GetProperty("type").GetRawText());
        description.Add("favorite", item.GetProperty("favorite").GetBoolean());
        description.Add("reprompt", item.GetProperty("reprompt").GetInt32() == 1);
        description.Add("folder", Text(item, "folderId") is string folder ? folders[folder] : null);
        description.AddDates(name => Text(item, name) is string date ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture) : null);
        foreach (string member in s_members)
        {
            description.AddMember(item, member);
        }

        description.AddParts("field", List(item, "fields").Select(Field));
        description.AddParts("attachment", List(item, "attachments").Select(file => $"{Text(file, "id")} {Text(file, "fileName")} {Text(file, "size")}"));
        return description.Lines;
    }

    /// <summary>Our item for one of the official client's, in the trash too; null when we have none.</summary>
    internal static VaultItem? Find(BitwardenSession session, JsonElement official)
    {
        (UnlockedVault vault, Guid id) = (session.GetVault(), official.GetProperty("id").GetGuid());
        return vault.TryFind(id) ?? vault.TryFind(id, inTrash: true);
    }

    /// <summary>What our engine says.</summary>
    internal static IEnumerable<string> Of(VaultItem item)
    {
        ItemDescription description = new();
        description.Add("id", item.Id);
        description.Add("name", item.Name);
        description.Add("organizationId", item.OrganizationId);
        description.Add("type", (int)item.Type);
        description.Add("favorite", item.Favorite);
        description.Add("reprompt", item.Reprompt);
        description.Add("folder", item.Folder);
        description.AddDates(name => name switch
        {
            "creationDate" => item.CreationDate,
            "revisionDate" => item.RevisionDate,
            "deletedDate" => item.DeletedDate,
            "archivedDate" => item.ArchivedDate,
            _ => item.PasswordRevisionDate,
        });
        foreach ((string selector, ItemValue value) in item.Values)
        {
            description.Add(selector, Reveal(value));
        }

        description.AddParts("uri", item.Uris);
        description.AddParts("field", item.Fields.Select(Field));
        description.AddParts("attachment", item.Attachments.Select(file => $"{file.Id} {file.FileName} {file.Size}"));
        return description.Lines;
    }

    private IEnumerable<string> Lines => _lines.Select(line => $"{line.Key}: {line.Value}");

    private void AddMember(JsonElement item, string member)
    {
        if (!item.TryGetProperty(member, out JsonElement content))
        {
            return;
        }

        AddParts("uri", List(content, "uris").Select(uri => Text(uri, "uri")!));
        foreach (JsonProperty property in content.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String))
        {
            // Dates are compared as such; the other name is our selector.
            if (property.Name != "passwordRevisionDate")
            {
                Add(property.Name == "keyFingerprint" ? "fingerprint" : property.Name, property.Value.GetString());
            }
        }

        AddDate("passwordRevisionDate", Text(content, "passwordRevisionDate") is string date ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture) : null);
    }

    private void AddDates(Func<string, DateTimeOffset?> date)
    {
        foreach (string name in new[] { "creationDate", "revisionDate", "deletedDate", "archivedDate", "passwordRevisionDate" })
        {
            AddDate(name, date(name));
        }
    }

    private void AddDate(string name, DateTimeOffset? date) => Add(name, date?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));

    private void AddParts(string name, IEnumerable<string> parts)
    {
        int index = 0;
        foreach (string part in parts)
        {
            Add($"{name}[{index++}]", part);
        }
    }

    // Neither client's empty value is distinguished from a missing one.
    private void Add(string name, object? value)
    {
        if (value?.ToString() is { Length: > 0 } text)
        {
            _lines.Add(name, text);
        }
    }

    // The official client leaves the value of a linked field to whoever shows it.
    private static string Field(JsonElement field) => $"{field.GetProperty("type")} {Text(field, "name")}={Text(field, "value")}";

    private static string Field(ItemField field) =>
        $"{(int)field.Type} {field.Name}={(field.Type == FieldType.Linked || field.Value is null ? null : Reveal(field.Value))}";

    // The official client shows no value at all where the organization hides it, or where it does not decrypt.
    private static string? Reveal(ItemValue value)
    {
        try
        {
            return value.RevealText();
        }
        catch (BitwardenException e) when (e is ItemUnreadableException || e.Code == "SecretHidden")
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<JsonElement> List(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];
}
