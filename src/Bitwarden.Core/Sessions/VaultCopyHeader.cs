using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// What a copy says before the vault itself: whose it is, of when, and what opens it together with the master password. Holds no key in clear.
/// </summary>
internal sealed record VaultCopyHeader
{
    public required Uri Identity { get; init; }

    public required Uri Api { get; init; }

    public required Guid UserId { get; init; }

    public required string Account { get; init; }

    /// <summary>When the server said last that this is the newest.</summary>
    public required DateTimeOffset Date { get; init; }

    public required int Kdf { get; init; }

    public required int KdfIterations { get; init; }

    /// <summary>In MiB; null for PBKDF2.</summary>
    public int? KdfMemory { get; init; }

    public int? KdfParallelism { get; init; }

    public required string Salt { get; init; }

    public required string WrappedUserKey { get; init; }

    public string? ContainedKeyId { get; init; }

    /// <summary>How many bytes the vault has.</summary>
    public required int Length { get; init; }

    internal static VaultCopyHeader Of(ServerEnvironment server, VaultSnapshot snapshot, UnlockMaterial unlock, DateTimeOffset date, int length) => new()
    {
        Identity = server.Identity,
        Api = server.Api,
        UserId = snapshot.Profile.Id,
        Account = snapshot.Profile.Email ?? string.Empty,
        Date = date.ToUniversalTime(),
        Kdf = (int)unlock.Kdf.Type,
        KdfIterations = unlock.Kdf.Iterations,
        KdfMemory = unlock.Kdf.MemoryMib,
        KdfParallelism = unlock.Kdf.Parallelism,
        Salt = unlock.Salt,
        WrappedUserKey = unlock.WrappedUserKey,
        ContainedKeyId = unlock.ContainedKeyId,
        Length = length,
    };

    /// <summary>Whether everything is there that a copy needs: a member can be null in the file.</summary>
    internal bool IsComplete => Identity is not null && Api is not null && Account is not null && !string.IsNullOrWhiteSpace(Salt)
        && EncString.TryParse(WrappedUserKey, out _) && Length > 0;

    internal UnlockMaterial Unlock => new(new KdfSettings((KdfType)Kdf, KdfIterations, KdfMemory, KdfParallelism), Salt, WrappedUserKey, ContainedKeyId);

    /// <summary>The server.</summary>
    /// <exception cref="Errors.InvalidInputException">InvalidServer.</exception>
    internal ServerEnvironment Server => ServerEnvironment.Restore(Identity, Api);

    /// <inheritdoc/>
    public override string ToString() => $"VaultCopyHeader {UserId}";
}
