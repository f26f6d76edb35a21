using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// What is needed, beside the master password, to open the user key. Comes from the token answer or from sync; the newest server answer wins,
/// since official clients raise old KDF settings at unlock.
/// </summary>
internal sealed record UnlockMaterial(KdfSettings Kdf, string Salt, string WrappedUserKey, string? ContainedKeyId = null)
{
    /// <summary>From a token answer; null when it is not complete, as some compatible servers answer.</summary>
    internal static UnlockMaterial? From(TokenResponse token, string? email) =>
        From(token.UserDecryptionOptions?.MasterPasswordUnlock, email)
        ?? From(Settings(token.Kdf, token.KdfIterations, token.KdfMemory, token.KdfParallelism), email, token.Key);

    /// <summary>From sync; null on servers that do not say it there.</summary>
    internal static UnlockMaterial? From(UserDecryptionRecord? sync, string? email) => From(sync?.MasterPasswordUnlock, email);

    /// <summary>From prelogin, with the wrapped key that sync's profile brought.</summary>
    internal static UnlockMaterial? From(PreloginResponse prelogin, string email, string? wrappedUserKey) => From(
        Settings(prelogin.KdfSettings) ?? Settings(prelogin.Kdf, prelogin.KdfIterations, prelogin.KdfMemory, prelogin.KdfParallelism),
        string.IsNullOrWhiteSpace(prelogin.Salt) ? email : prelogin.Salt,
        wrappedUserKey);

    /// <summary>From prelogin before a login, when there is no wrapped key yet.</summary>
    /// <exception cref="KdfException">UnsupportedKdf: the server does not say which KDF.</exception>
    internal static UnlockMaterial FromPrelogin(PreloginResponse prelogin, string email) =>
        From(prelogin, email, "-") ?? throw KdfException.Unsupported("The server does not say which key derivation the account uses.");

    /// <summary>Whether the same password gives the same master key.</summary>
    internal bool IsDerivedLike(UnlockMaterial other) => Kdf == other.Kdf && MasterKey.IsSameSalt(Salt, other.Salt);

    /// <inheritdoc/>
    public override string ToString() => $"UnlockMaterial {Kdf}";

    private static UnlockMaterial? From(MasterPasswordUnlockRecord? unlock, string? email)
    {
        UnlockMaterial? material = From(
            Settings(unlock?.Kdf),
            string.IsNullOrWhiteSpace(unlock?.Salt) ? email : unlock.Salt,
            unlock?.MasterKeyEncryptedUserKey ?? unlock?.MasterKeyWrappedUserKey);
        return material is null ? null : material with { ContainedKeyId = unlock!.ContainedKeyId };
    }

    private static UnlockMaterial? From(KdfSettings? kdf, string? salt, string? wrappedUserKey) =>
        kdf is null || string.IsNullOrWhiteSpace(salt) || string.IsNullOrEmpty(wrappedUserKey)
            ? null
            : new UnlockMaterial(kdf, salt, wrappedUserKey);

    private static KdfSettings? Settings(KdfRecord? kdf) => Settings(kdf?.KdfType, kdf?.Iterations, kdf?.Memory, kdf?.Parallelism);

    private static KdfSettings? Settings(int? type, int? iterations, int? memory, int? parallelism) =>
        type is null || iterations is null ? null : new KdfSettings((KdfType)type, iterations.Value, memory, parallelism);
}
