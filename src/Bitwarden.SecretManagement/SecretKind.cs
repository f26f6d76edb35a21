namespace Bitwarden.SecretManagement;

/// <summary>SecretManagement's SecretType, by its numbers.</summary>
internal enum SecretKind
{
    ByteArray = 1,
    SecureString = 3,
    PSCredential = 4,
    Hashtable = 5,
}
