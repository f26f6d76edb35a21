using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>
/// Keeps a server from having a password derived more weakly than before, or with a salt of its own choice. Asked before each derivation, so that nothing
/// of the kind exists to be sent.
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

    /// <summary>For what is sent before anything can prove the salt: the user key, which only the right one opens, comes after the login.</summary>
    /// <exception cref="KdfException">WeakenedKdf.</exception>
    internal void EnsureKnownSalt(string salt)
    {
        if (!_allowsWeaker && _history.HasOtherSalt(_account, _server, salt))
        {
            throw KdfException.OtherSalt();
        }
    }

    /// <exception cref="KdfException">WeakenedKdf.</exception>
    internal void EnsureAccepted(KdfSettings asked)
    {
        if (!_allowsWeaker && _history.StrongerThan(_account, _server, asked) is KdfSettings earlier)
        {
            throw KdfException.Weakened(asked.ToString(), earlier.ToString());
        }
    }
}
