using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Reporting;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>Derives the key of an exported file from its password (protocol 7.7).</summary>
internal static class FileKey
{
    /// <param name="password">In UTF-8; a copy is made before this returns.</param>
    /// <param name="salt">As it is written.</param>
    /// <param name="kdf">The settings.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="Errors.KdfException">The settings are outside the limits; nothing was derived.</exception>
    internal static async Task<SymmetricKey> DeriveAsync(SecretBytes password, string salt, KdfSettings kdf, CancellationToken cancellationToken)
    {
        kdf.EnsureWithinLimits();
        cancellationToken.ThrowIfCancellationRequested();
        WorkListener.Report(WorkStage.DerivingKey);
        SecretBytes copy = password.Copy();
        return await KeyDerivation.RunAsync(() => Derive(copy, salt, kdf, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static SymmetricKey Derive(SecretBytes password, string salt, KdfSettings kdf, CancellationToken cancellationToken)
    {
        using (password)
        {
            using MasterKey key = MasterKey.DeriveWith(password.Span, Encoding.UTF8.GetBytes(salt), kdf, cancellationToken);
            return key.Stretch();
        }
    }
}
