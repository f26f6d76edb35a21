namespace Bitwarden.TestServer.Vault;

/// <summary>An earlier password.</summary>
public sealed record PasswordHistoryData
{
    [EncryptedLength(5_000)]
    public string? Password { get; init; }

    public DateTime? LastUsedDate { get; init; }
}
