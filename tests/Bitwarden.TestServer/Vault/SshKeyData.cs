namespace Bitwarden.TestServer.Vault;

/// <summary>An SSH key; all members are encrypted.</summary>
public sealed record SshKeyData
{
    [EncryptedLength(5_000)]
    public string? PrivateKey { get; init; }

    [EncryptedLength(5_000)]
    public string? PublicKey { get; init; }

    public string? KeyFingerprint { get; init; }
}
