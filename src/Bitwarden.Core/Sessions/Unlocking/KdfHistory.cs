using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>The strongest key derivation that was seen for each account, so that a server that asks for a weaker one is noticed.</summary>
internal sealed class KdfHistory
{
    private readonly object _gate = new();
    private readonly Dictionary<(string Account, string Server), KdfSettings> _strongest = [];

    /// <summary>Notes the derivation of an unlock; gives a stronger one that was seen for the account before, else null.</summary>
    internal KdfSettings? Record(string account, string server, KdfSettings used)
    {
        (string, string) key = (account.ToUpperInvariant(), server);
        lock (_gate)
        {
            KdfSettings? strongest = _strongest.GetValueOrDefault(key);
            if (strongest is null || !used.IsWeakerThan(strongest))
            {
                _strongest[key] = used;
                return null;
            }

            return strongest;
        }
    }
}
