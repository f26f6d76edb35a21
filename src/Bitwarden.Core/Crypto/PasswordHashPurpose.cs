namespace Bitwarden.Core.Crypto;

/// <summary>What a master password hash is for; the value is the number of PBKDF2 rounds over the master key.</summary>
public enum PasswordHashPurpose
{
    /// <summary>Sent to the server: the password field of a login, <c>masterPasswordHash</c> elsewhere.</summary>
    ServerAuthorization = 1,

    /// <summary>Kept by older official clients to verify a password offline.</summary>
    LocalAuthorization = 2,
}
