using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// What a session holds while it is unlocked, and the states it goes through. Locking, expiry and disposal win over an unlock or a sync that is
/// under way: whatever arrives afterwards is zeroed.
/// </summary>
internal sealed class VaultLock
{
    private readonly AccountConnection _account;
    private readonly object _gate = new();
    private KeyRing? _keys;
    private UnlockedVault? _vault;

    internal VaultLock(AccountConnection account)
    {
        _account = account;
    }

    internal BitwardenSessionState State { get; private set; }

    /// <summary>Why the session has ended; null while it has not.</summary>
    internal SessionException? Ended { get; private set; }

    /// <exception cref="SessionException">SessionExpired or SessionDisconnected.</exception>
    internal void EnsureNotEnded()
    {
        if (Ended is SessionException ended)
        {
            throw ended;
        }
    }

    /// <summary>The user key of the open vault.</summary>
    /// <exception cref="SessionException">VaultLocked, or why the session has ended.</exception>
    internal SymmetricKey UserKey => _keys?.UserKey ?? throw Closed();

    /// <exception cref="SessionException">VaultLocked, or why the session has ended.</exception>
    internal UnlockedVault Vault => _vault ?? throw Closed();

    /// <summary>Opens the vault, unless it is open: keys that are there are kept, so that items that were handed out before stay readable.</summary>
    /// <param name="opened">The keys; zeroed unless they are kept.</param>
    internal void Open(KeyRing opened)
    {
        bool isKept = false;
        try
        {
            isKept = !Refresh() && TryShow(opened, replaces: null);
        }
        finally
        {
            if (!isKept)
            {
                opened.Dispose();
            }
        }
    }

    /// <summary>Shows what was fetched last under the keys that are there; false if there are none.</summary>
    internal bool Refresh()
    {
        if (_keys is not KeyRing keys)
        {
            return false;
        }

        try
        {
            _account.RequireSnapshot().AddKeysTo(keys);
            return TryShow(keys, replaces: keys);
        }
        catch (Exception e) when (_keys != keys && e is ObjectDisposedException or SessionException)
        {
            // Locked meanwhile: what was added after the lock must go too.
            keys.Dispose();
            return false;
        }
    }

    /// <summary>Zeroes the keys and drops everything decrypted.</summary>
    internal void Lock()
    {
        KeyRing? keys;
        lock (_gate)
        {
            keys = _keys;
            _keys = null;
            _vault?.Close();
            _vault = null;
            State = State == BitwardenSessionState.Unlocked ? BitwardenSessionState.Locked : State;
        }

        keys?.Dispose();
    }

    /// <summary>Locks for good. A session that was disconnected stays that.</summary>
    internal void End(BitwardenSessionState state, SessionException reason)
    {
        // The state first: nothing can be opened from here on, so that the lock finds everything there is.
        lock (_gate)
        {
            Ended = State == BitwardenSessionState.Disconnected ? Ended : reason;
            State = State == BitwardenSessionState.Disconnected ? State : state;
        }

        Lock();
    }

    private bool TryShow(KeyRing keys, KeyRing? replaces)
    {
        UnlockedVault vault = new(_account.RequireSnapshot(), keys, _account.Account);
        lock (_gate)
        {
            if (Ended is not null || _keys != replaces)
            {
                keys.Dispose();
                return Ended is null ? false : throw Ended;
            }

            _keys = keys;
            _vault = vault;
            State = BitwardenSessionState.Unlocked;
            return true;
        }
    }

    private SessionException Closed() => Ended ?? SessionException.VaultLocked(_account.Account);
}
