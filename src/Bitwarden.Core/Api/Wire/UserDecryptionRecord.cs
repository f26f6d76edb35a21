namespace Bitwarden.Core.Api.Wire;

/// <summary><c>UserDecryptionOptions</c> of the token answer and <c>userDecryption</c> of sync.</summary>
internal sealed record UserDecryptionRecord
{
    public bool? HasMasterPassword { get; init; }

    public MasterPasswordUnlockRecord? MasterPasswordUnlock { get; init; }
}

/// <summary>What a master password opens, and how (protocol 2.9).</summary>
internal sealed record MasterPasswordUnlockRecord
{
    public KdfRecord? Kdf { get; init; }

    public string? MasterKeyEncryptedUserKey { get; init; }

    public string? MasterKeyWrappedUserKey { get; init; }

    public string? Salt { get; init; }

    public string? ContainedKeyId { get; init; }
}

/// <summary>KDF settings in their newer form.</summary>
internal sealed record KdfRecord
{
    public int? KdfType { get; init; }

    public int? Iterations { get; init; }

    public int? Memory { get; init; }

    public int? Parallelism { get; init; }
}
