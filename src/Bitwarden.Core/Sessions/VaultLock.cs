using Bitwarden.Core.Api.Wire;
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
    private readonly Action _onRead;
    private readonly object _gate = new();
    private UnlockedVault? _vault;
    private int _locks;

    /// <param name="account">The account.</param>
    /// <param name="onRead">Called before a value of an item is read, by whoever holds the item.</param>
    internal VaultLock(AccountConnection account, Action onRead)
    {
        _account = account;
        _onRead = onRead;
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

    /// <exception cref="SessionException">VaultLocked, or why the session has ended.</exception>
    internal UnlockedVault Vault => _vault ?? throw Closed();

    /// <summary>How often the vault was locked. An unlock notes it when it begins, so that a lock during the unlock is not lost.</summary>
    internal int Locks => Volatile.Read(ref _locks);

    /// <summary>A copy of the user key of the open vault, whole or not at all.</summary>
    /// <exception cref="SessionException">VaultLocked, or why the session has ended.</exception>
    internal SecretBytes CopyUserKey()
    {
        try
        {
            return Vault.Access.Keys.UserKey.CopyBytes();
        }
        catch (ObjectDisposedException)
        {
            throw Closed();
        }
    }

    /// <summary>
    /// Opens the vault. Where it is open under the same user key those keys are kept, so that items that were handed out before stay readable.
    /// </summary>
    /// <param name="opened">The keys; zeroed unless they are kept.</param>
    /// <param name="locks">What <see cref="Locks"/> was when the unlock began.</param>
    /// <exception cref="SessionException">VaultLocked: the vault was locked since then.</exception>
    /// <exception cref="EncryptionException">KeyChanged: the open vault stays as it is.</exception>
    internal void Open(KeyRing opened, int locks)
    {
        UnlockedVault? current = _vault;
        if (current is null || !IsSame(current.Access.Keys.UserKey, opened.UserKey))
        {
            TryShow(_account.RequireSnapshot(), new VaultAccess(opened, _account.Account, _onRead), replaces: current?.Access, locks);
        }
        else
        {
            // Another security stamp or key pair is no reason to lock: the key was opened from this very answer.
            opened.Dispose();
            ShowNewer(_account.RequireSnapshot(), current);
        }

        EnsureOpened(locks);
    }

    /// <summary>
    /// Shows a newer answer under the keys that are there, if there are any. Keys that the answer is no longer for are not used on it: the vault locks.
    /// </summary>
    internal void Refresh(VaultSnapshot snapshot)
    {
        UnlockedVault? vault = _vault;
        if (vault is null || vault.Snapshot.Bytes == snapshot.Bytes)
        {
            return;
        }

        if (vault.Snapshot.Profile.SecurityStamp != snapshot.Profile.SecurityStamp || !snapshot.IsOpenedBy(vault.Access.Keys.UserKey))
        {
            LockWhatIsOpen();
            return;
        }

        ShowNewer(snapshot, vault);
    }

    /// <summary>Shows one item as it is after a write, in the account's copy too.</summary>
    /// <param name="old">The item as it is shown; null for a new one.</param>
    /// <param name="row">The item as it is; null for one that is gone.</param>
    /// <returns>The item that is shown now; null for one that is gone.</returns>
    /// <exception cref="SessionException">VaultLocked, or why the session has ended.</exception>
    internal VaultItem? Replace(VaultItem? old, CipherRow? row)
    {
        UnlockedVault vault = Vault;
        if (row is not null && old is not null && row.IsSameAs(old.Row))
        {
            return old;
        }

        VaultItem? item = row is null ? null : new VaultItem(row, vault.Access);
        item?.DecryptName();
        VaultSnapshot snapshot = _account.RequireSnapshot().With(old?.Row, row);
        UnlockedVault changed = vault.With(snapshot, old, item);
        _account.Keep(snapshot);
        lock (_gate)
        {
            _vault = _vault == vault ? changed : _vault;
        }

        old?.Detach();
        return item;
    }

    /// <summary>Shows the vault with other folders, in the account's copy too. Names that have a folder in them are made anew.</summary>
    /// <exception cref="SessionException">VaultLocked, or why the session has ended.</exception>
    internal void ReplaceFolders(IReadOnlyList<FolderRecord> folders)
    {
        VaultAccess access = Vault.Access;
        VaultSnapshot snapshot = _account.RequireSnapshot() with { Folders = folders, IsEdited = true };
        TryShow(snapshot, access, replaces: access, Locks);
        _account.Keep(snapshot);
    }

    /// <summary>Zeroes the keys and drops everything decrypted, also what an unlock that is under way will bring.</summary>
    internal void Lock()
    {
        Interlocked.Increment(ref _locks);
        LockWhatIsOpen();
    }

    /// <summary>Zeroes the keys and drops everything decrypted. An unlock that is under way is a use of the session, and goes on.</summary>
    internal void LockWhatIsOpen()
    {
        UnlockedVault? vault;
        lock (_gate)
        {
            vault = _vault;
            _vault = null;
            vault?.Access.Close();
            State = State == BitwardenSessionState.Unlocked ? BitwardenSessionState.Locked : State;
        }

        vault?.Access.Keys.Dispose();
    }

    /// <summary>Locks for good. A session that was disconnected stays disconnected.</summary>
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

    private void ShowNewer(VaultSnapshot snapshot, UnlockedVault vault)
    {
        if (vault.Snapshot.Bytes == snapshot.Bytes)
        {
            return;
        }

        try
        {
            snapshot.AddKeysTo(vault.Access.Keys);
            TryShow(snapshot, vault.Access, replaces: vault.Access, Locks);
        }
        catch (Exception e) when (_vault != vault && e is ObjectDisposedException or SessionException)
        {
            // Locked meanwhile: what was added after the lock must go too.
            Close(vault.Access);
        }
    }

    private void TryShow(VaultSnapshot snapshot, VaultAccess access, VaultAccess? replaces, int locks)
    {
        UnlockedVault vault = new(snapshot, access, access == replaces ? _vault : null);
        bool isShown;
        lock (_gate)
        {
            isShown = Ended is null && _vault?.Access == replaces && _locks == locks;
            _vault = isShown ? vault : _vault;
            State = isShown ? BitwardenSessionState.Unlocked : State;
        }

        VaultAccess? useless = isShown ? replaces : access;
        if (useless is not null && useless != _vault?.Access)
        {
            Close(useless);
        }

        EnsureNotEnded();
    }

    private static bool IsSame(SymmetricKey current, SymmetricKey opened)
    {
        try
        {
            return current.IsSameAs(opened);
        }
        catch (ObjectDisposedException)
        {
            // Locked meanwhile.
            return false;
        }
    }

    private static void Close(VaultAccess access)
    {
        access.Close();
        access.Keys.Dispose();
    }

    // The idle time may also end in the middle of it, which counts as no lock.
    private void EnsureOpened(int locks)
    {
        if (Locks != locks || _vault is null)
        {
            throw SessionException.LockedMeanwhile(_account.Account);
        }
    }

    private SessionException Closed() => Ended ?? SessionException.VaultLocked(_account.Account);
}
