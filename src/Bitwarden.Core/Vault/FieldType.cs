namespace Bitwarden.Core.Vault;

/// <summary>Kinds of custom field, as numbered on the wire.</summary>
public enum FieldType : long
{
    /// <summary>Text that clients show.</summary>
    Text = 0,

    /// <summary>Text that clients hide.</summary>
    Hidden = 1,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean = 2,

    /// <summary>Stands for another value of the item.</summary>
    Linked = 3,
}
