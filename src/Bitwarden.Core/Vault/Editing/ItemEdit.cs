using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Ssh;

namespace Bitwarden.Core.Vault.Editing;

/// <summary>
/// What is to change in an item, or what a new one is to hold; everything else stays as it is. It can be applied more than once, to whatever the item has
/// become meanwhile. Owns the values that it is given, and zeroes them when disposed. Not for use by several threads.
/// </summary>
public sealed class ItemEdit : IDisposable
{
    private readonly Dictionary<string, SecretBytes?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<FieldEdit> _fields = [];

    /// <summary>The new name; null to leave it.</summary>
    public string? Name { get; set; }

    /// <summary>All addresses that a login is to have, in their order; null to leave them.</summary>
    public IReadOnlyList<AddressEdit>? Addresses { get; set; }

    /// <summary>Whether the item is a favourite; null to leave it.</summary>
    public bool? Favorite { get; set; }

    /// <summary>Whether the master password is asked for again before the item is shown; null to leave it.</summary>
    public bool? Reprompt { get; set; }

    /// <summary>The version of the item that the edit was made for, as its revision date; null to apply it to whatever the session knows.</summary>
    public DateTimeOffset? OfVersion { get; set; }

    /// <summary>Whether the item moves to <see cref="FolderId"/>.</summary>
    public bool ChangesFolder { get; private set; }

    /// <summary>The folder to move to; null for none.</summary>
    public Guid? FolderId { get; private set; }

    /// <summary>What changes, in words for the user: names of members and fields, never a value.</summary>
    public IReadOnlyList<string> Changes
    {
        get
        {
            string?[] rest =
            [
                Name is null ? null : "name",
                Addresses is null ? null : "uris",
                ChangesFolder ? "folder" : null,
                Favorite is null ? null : "favorite",
                Reprompt is null ? null : "reprompt",
            ];
            return [.. rest.OfType<string>(), .. _values.Keys, .. _fields.Select(field => $"field:{field.Name}")];
        }
    }

    internal IReadOnlyDictionary<string, SecretBytes?> Values => _values;

    internal IReadOnlyList<FieldEdit> Fields => _fields;

    /// <summary>Whether nothing changes but what belongs to the user alone, and may be changed where the item itself may not.</summary>
    internal bool IsPersonal => Name is null && Addresses is null && Reprompt is null && _values.Count == 0 && _fields.Count == 0;

    /// <summary>Sets a value of the item's kind, or its notes.</summary>
    /// <param name="selector">Its selector, such as <c>password</c> or <c>notes</c>.</param>
    /// <param name="value">The value in UTF-8, which the edit owns from now on; null or empty to clear it.</param>
    public void Set(string selector, SecretBytes? value)
    {
        ArgumentNullException.ThrowIfNull(selector);
        _values.GetValueOrDefault(selector)?.Dispose();
        _values[selector] = value is { Length: > 0 } ? value : null;
    }

    /// <summary>Sets what an SSH key item holds, as the vendor's clients write it: private key in the form of OpenSSH, public key and fingerprint.</summary>
    /// <param name="key">The key; stays the caller's.</param>
    public void Set(SshKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Set("privateKey", key.ToPem());
        Set("publicKey", SecretBytes.FromCharacters(key.PublicKey));
        Set("fingerprint", SecretBytes.FromCharacters(key.Fingerprint));
    }

    /// <summary>Sets a custom field, a new one if the item has none of the name.</summary>
    /// <param name="name">Its name, exactly.</param>
    /// <param name="value">The value in UTF-8, which the edit owns from now on; may be empty.</param>
    /// <param name="type">Its kind; null to leave it as it is, and text for a new one.</param>
    public void SetField(string name, SecretBytes value, FieldType? type = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Put(new FieldEdit(name, type, value));
    }

    /// <summary>Removes a custom field; none of the name is no error.</summary>
    /// <param name="name">Its name, exactly.</param>
    public void RemoveField(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Put(new FieldEdit(name, null, null));
    }

    /// <summary>Moves the item to a folder, or out of any.</summary>
    /// <param name="folderId">The folder; null for none.</param>
    public void MoveTo(Guid? folderId)
    {
        ChangesFolder = true;
        FolderId = folderId;
    }

    /// <summary>Fails when items of a kind cannot have what the edit gives them.</summary>
    /// <param name="type">The kind.</param>
    /// <exception cref="InvalidInputException">InvalidItem, with the reason.</exception>
    public void EnsureFits(ItemType type)
    {
        ItemTypeInfo info = ItemTypes.Of(type);
        if (_values.Keys.FirstOrDefault(selector => info.Member(selector) is null) is string strange)
        {
            throw InvalidInputException.Item($"An item of the type {type} has no '{ForeignText.Show(strange, ForeignText.NameLength)}'.");
        }

        if (Addresses is not null && type != ItemType.Login)
        {
            throw InvalidInputException.Item($"An item of the type {type} has no addresses.");
        }

        if (Name is not null && string.IsNullOrWhiteSpace(Name))
        {
            throw InvalidInputException.Item("An item must have a name.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SecretBytes? value in _values.Values.Concat(_fields.Select(field => field.Value)))
        {
            value?.Dispose();
        }
    }

    /// <summary>What changes, never a value.</summary>
    public override string ToString() => $"ItemEdit of {string.Join(", ", Changes)}";

    private void Put(FieldEdit field)
    {
        int known = _fields.FindIndex(other => other.Name == field.Name);
        if (known >= 0)
        {
            _fields[known].Value?.Dispose();
            _fields.RemoveAt(known);
        }

        _fields.Add(field);
    }
}
