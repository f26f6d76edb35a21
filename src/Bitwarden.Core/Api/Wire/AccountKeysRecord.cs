namespace Bitwarden.Core.Api.Wire;

/// <summary>The account's key pairs, since server 2025.11.0.</summary>
internal sealed record AccountKeysRecord
{
    public PublicKeyEncryptionKeyPairRecord? PublicKeyEncryptionKeyPair { get; init; }
}

/// <summary>The RSA key pair, private half wrapped with the user key.</summary>
internal sealed record PublicKeyEncryptionKeyPairRecord
{
    public string? WrappedPrivateKey { get; init; }
}
