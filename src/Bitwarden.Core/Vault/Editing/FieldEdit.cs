using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Vault.Editing;

/// <summary>What a custom field is to become.</summary>
/// <param name="Name">Its name, exactly.</param>
/// <param name="Type">Its kind; null to leave it as it is, and text for a new one.</param>
/// <param name="Value">Its value in UTF-8, owned by the edit; null to remove the field.</param>
internal sealed record FieldEdit(string Name, FieldType? Type, SecretBytes? Value)
{
    /// <summary>Names the type, never the value.</summary>
    public override string ToString() => "FieldEdit";
}
