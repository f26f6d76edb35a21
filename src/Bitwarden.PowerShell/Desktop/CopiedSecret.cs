using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;

namespace Bitwarden.PowerShell.Desktop;

/// <summary>
/// A value that was put on the clipboard and has to go again: after its time, or when its session locks. What was put there is known by a keyed hash, so that
/// something newer is left alone and the value itself is not kept.
/// </summary>
internal sealed class CopiedSecret : IDisposable
{
    // How soon a lock is noticed.
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private readonly IClipboard _clipboard;
    private readonly BitwardenSession _session;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _hash;
    private readonly int _length;
    private readonly DateTime _end;
    private readonly object _gate = new();
    private readonly Timer _timer;
    private int _isDone;

    internal CopiedSecret(IClipboard clipboard, SecretBytes value, BitwardenSession session, TimeSpan clearAfter)
    {
        _clipboard = clipboard;
        _session = session;
        _hash = HMACSHA256.HashData(_key, value.Span);
        _length = value.Length;
        _end = DateTime.UtcNow + clearAfter;
        _timer = new Timer(_ => ClearIfDue(), null, s_look, s_look);
    }

    /// <summary>Whether the value is from this session.</summary>
    internal bool IsOf(BitwardenSession session) => _session == session;

    /// <summary>Takes the value away now, if it is still there; waits for one that is just taken away.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            if (Interlocked.Exchange(ref _isDone, 1) != 0)
            {
                return;
            }

            _timer.Dispose();
            if (IsStillThere())
            {
                _clipboard.Clear();
            }
        }
    }

    /// <summary>Stops looking, without taking anything away.</summary>
    public void Dispose()
    {
        Interlocked.Exchange(ref _isDone, 1);
        _timer.Dispose();
    }

    private void ClearIfDue()
    {
        if (DateTime.UtcNow >= _end || _session.State != BitwardenSessionState.Unlocked)
        {
            Clear();
        }
    }

    private bool IsStillThere()
    {
        using SecretBytes? text = _clipboard.TryRead(_length);
        return text?.Length == _length && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, text.Span), _hash);
    }
}
