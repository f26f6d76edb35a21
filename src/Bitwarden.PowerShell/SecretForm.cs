namespace Bitwarden.PowerShell;

/// <summary>The form in which text is wanted; a file is bytes in any case.</summary>
public enum SecretForm
{
    /// <summary>A SecureString.</summary>
    SecureString,

    /// <summary>A PSCredential: the item's user name, and the text as password.</summary>
    Credential,

    /// <summary>A string.</summary>
    PlainText,
}
