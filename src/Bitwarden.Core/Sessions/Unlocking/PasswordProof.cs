using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>
/// Finds what the hash that proves the password to the server is derived with. What a sync says is not enough, because a hostile server can name any salt: it
/// must be what the session was unlocked with, or open the user key, which nobody can wrap who does not know the password.
/// </summary>
internal sealed class PasswordProof
{
    private readonly AccountConnection _account;
    private readonly UnlockMaterial? _unlockedWith;

    /// <param name="account">The account.</param>
    /// <param name="unlockedWith">What the session was last unlocked with; null for a session that was not.</param>
    internal PasswordProof(AccountConnection account, UnlockMaterial? unlockedWith)
    {
        _account = account;
        _unlockedWith = unlockedWith;
    }

    /// <exception cref="AuthenticationFailedException">NoMasterPassword, or InvalidMasterPassword: the password opens nothing; nothing was sent.</exception>
    /// <exception cref="KdfException">The server asks for a KDF outside the limits, or weaker than before; nothing was derived with it.</exception>
    internal async Task<UnlockMaterial> FindAsync(VaultSnapshot snapshot, MasterKeySource keys, CancellationToken cancellationToken)
    {
        UnlockMaterial said = await RequireAsync(snapshot, cancellationToken).ConfigureAwait(false);
        if ((_unlockedWith is not null && said.IsDerivedLike(_unlockedWith)) || await OpensAsync(said, keys, cancellationToken).ConfigureAwait(false))
        {
            return said;
        }

        VaultSnapshot fetched = await _account.FetchAsync(cancellationToken).ConfigureAwait(false);
        UnlockMaterial newest = await RequireAsync(fetched, cancellationToken).ConfigureAwait(false);
        return newest != said && await OpensAsync(newest, keys, cancellationToken).ConfigureAwait(false)
            ? newest
            : _unlockedWith ?? throw AuthenticationFailedException.NothingOpened(_account.Account);
    }

    private async Task<UnlockMaterial> RequireAsync(VaultSnapshot snapshot, CancellationToken cancellationToken) =>
        _account.HasMasterPassword && await _account.MaterialOfAsync(snapshot, cancellationToken).ConfigureAwait(false) is UnlockMaterial material
            ? material
            : throw AuthenticationFailedException.NoMasterPassword(_account.Account);

    private static async Task<bool> OpensAsync(UnlockMaterial material, MasterKeySource keys, CancellationToken cancellationToken)
    {
        EncString wrapped = EncString.Parse(material.WrappedUserKey);
        MasterKey key = await keys.DeriveAsync(material.Kdf, material.Salt, cancellationToken).ConfigureAwait(false);
        try
        {
            key.VerifyUserKey(wrapped);
            return true;
        }
        catch (EncryptionException e) when (e.Code == ErrorCodes.DecryptionFailed)
        {
            return false;
        }
    }
}
