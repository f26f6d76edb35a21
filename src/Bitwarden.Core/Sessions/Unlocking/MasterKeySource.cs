using Bitwarden.Core.Crypto;
using Bitwarden.Core.Reporting;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>
/// Derives master keys from one password, and keeps the last one: a login and the unlock after it ask for the same. Owns a copy of the password
/// until it is disposed.
/// </summary>
internal sealed class MasterKeySource : IDisposable
{
    private readonly SecretBytes _password;
    private readonly KdfGuard _guard;
    private (KdfSettings Kdf, string Salt, MasterKey Key)? _last;

    internal MasterKeySource(SecretBytes password, KdfGuard guard)
    {
        _password = new SecretBytes(password.Span);
        _guard = guard;
    }

    /// <summary>Whether a key may be derived like that.</summary>
    internal bool Accepts(KdfSettings kdf) => _guard.Accepts(kdf);

    /// <summary>Gives the key; the source owns it.</summary>
    /// <exception cref="Errors.KdfException">The settings are outside the limits, or weaker than before; nothing was derived.</exception>
    internal async Task<MasterKey> DeriveAsync(KdfSettings kdf, string salt, CancellationToken cancellationToken)
    {
        kdf.EnsureWithinLimits();
        _guard.EnsureAccepted(kdf);
        if (_last is { } last && last.Kdf == kdf && last.Salt == salt)
        {
            return last.Key;
        }

        WorkListener.Report(WorkStage.DerivingKey);
        MasterKey key = await KeyDerivation.RunAsync(_password, salt, kdf, cancellationToken).ConfigureAwait(false);
        _last?.Key.Dispose();
        _last = (kdf, salt, key);
        return key;
    }

    /// <summary>Gives the hash that proves the password to the server; the caller disposes it.</summary>
    internal async Task<SecretBytes> DeriveServerHashAsync(KdfSettings kdf, string salt, CancellationToken cancellationToken)
    {
        MasterKey key = await DeriveAsync(kdf, salt, cancellationToken).ConfigureAwait(false);
        return key.DerivePasswordHash(_password.Span, PasswordHashPurpose.ServerAuthorization);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _last?.Key.Dispose();
        _last = null;
        _password.Dispose();
    }
}
