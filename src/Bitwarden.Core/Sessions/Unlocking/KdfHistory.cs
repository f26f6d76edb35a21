using Bitwarden.Core.Crypto;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>
/// The strongest key derivation that opened each account's vault. A server that asks for a weaker one is told apart from an owner who lowered it by asking
/// the user. The permission counts for its own call: the measure stays.
/// </summary>
internal sealed class KdfHistory
{
    private readonly object _gate = new();
    private readonly Dictionary<(string Account, string Server), UnlockMaterial> _strongest = [];

    /// <summary>What opened the vault before, if it is stronger than what is asked for now; else null.</summary>
    internal KdfSettings? StrongerThan(string account, string server, KdfSettings asked)
    {
        lock (_gate)
        {
            return Known(account, server)?.Kdf is KdfSettings earlier && asked.IsWeakerThan(earlier) ? earlier : null;
        }
    }

    /// <summary>Whether the vault was opened before, and with another salt.</summary>
    internal bool HasOtherSalt(string account, string server, string salt)
    {
        lock (_gate)
        {
            return Known(account, server) is UnlockMaterial known && !MasterKey.IsSameSalt(known.Salt, salt);
        }
    }

    /// <summary>Notes what opened a vault, unless it is weaker; gives the stronger derivation of before in that case, else null.</summary>
    internal KdfSettings? Record(string account, string server, UnlockMaterial used)
    {
        lock (_gate)
        {
            KdfSettings? stronger = StrongerThan(account, server, used.Kdf);
            if (stronger is null)
            {
                // Outlives the session: nothing that only the session needs.
                _strongest[Key(account, server)] = used with { WrappedUserKey = string.Empty, ContainedKeyId = null };
            }

            return stronger;
        }
    }

    private UnlockMaterial? Known(string account, string server) => _strongest.GetValueOrDefault(Key(account, server));

    private static (string, string) Key(string account, string server) => (account.ToUpperInvariant(), server);
}
