namespace Bitwarden.Core.Vault;

/// <summary>A custom field of an item.</summary>
/// <param name="Name">Its name; need not be unique, may be empty.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Value">Its value; null when it has none.</param>
public sealed record ItemField(string Name, FieldType Type, ItemValue? Value)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
