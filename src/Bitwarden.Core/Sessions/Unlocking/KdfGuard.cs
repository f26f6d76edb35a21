using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>
/// Keeps a server from having a password derived more weakly than before. Asked before each derivation, so that nothing weaker exists to be sent.
/// </summary>
internal sealed class KdfGuard
{
    private readonly KdfHistory _history;
    private readonly string _account;
    private readonly string _server;
    private readonly bool _allowsWeaker;

    internal KdfGuard(KdfHistory history, string account, string server, bool allowsWeaker)
    {
        _history = history;
        _account = account;
        _server = server;
        _allowsWeaker = allowsWeaker;
    }

    internal bool Accepts(KdfSettings asked) => _allowsWeaker || _history.StrongerThan(_account, _server, asked) is null;

    /// <exception cref="KdfException">WeakenedKdf.</exception>
    internal void EnsureAccepted(KdfSettings asked)
    {
        if (!_allowsWeaker && _history.StrongerThan(_account, _server, asked) is KdfSettings earlier)
        {
            throw KdfException.Weakened(asked.ToString(), earlier.ToString());
        }
    }
}
