using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>
/// The key derivation that was accepted last for each account. A server that asks for a weaker one is told apart from an owner who lowered it by asking the
/// user: it is accepted on demand only.
/// </summary>
internal sealed class KdfHistory
{
    private readonly object _gate = new();
    private readonly Dictionary<(string Account, string Server), KdfSettings> _accepted = [];

    /// <summary>What was accepted before, if it is stronger than what is asked for now; else null.</summary>
    internal KdfSettings? StrongerThan(string account, string server, KdfSettings asked)
    {
        lock (_gate)
        {
            return _accepted.GetValueOrDefault(Key(account, server)) is KdfSettings earlier && asked.IsWeakerThan(earlier) ? earlier : null;
        }
    }

    /// <summary>Notes the derivation of an unlock; gives a stronger one that was accepted for the account before, else null.</summary>
    internal KdfSettings? Record(string account, string server, KdfSettings used)
    {
        lock (_gate)
        {
            KdfSettings? stronger = StrongerThan(account, server, used);
            _accepted[Key(account, server)] = used;
            return stronger;
        }
    }

    private static (string, string) Key(string account, string server) => (account.ToUpperInvariant(), server);
}
