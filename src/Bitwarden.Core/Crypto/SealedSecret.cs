using System.Security;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// A secret that is part of a larger object. It has no public property, so that no view, JSON, CLIXML or log can hold what is inside (off Windows, PowerShell
/// would write a SecureString to CLIXML in clear); its methods give the value. Converts to SecureString, so that it can be given where one is wanted.
/// </summary>
public abstract class SealedSecret
{
    private const string Mask = "••••••••";

    /// <summary>Converts to a fresh SecureString.</summary>
    /// <param name="secret">The secret.</param>
    public static implicit operator SecureString(SealedSecret secret) => (secret ?? throw new ArgumentNullException(nameof(secret))).ToSecureString();

    /// <summary>Gives the bytes, which the caller disposes.</summary>
    public abstract SecretBytes Decrypt();

    /// <summary>Gives a string, which stays in memory until it is collected.</summary>
    public string RevealText()
    {
        using SecretBytes bytes = Decrypt();
        return bytes.RevealText();
    }

    /// <summary>Gives a fresh SecureString.</summary>
    public SecureString ToSecureString()
    {
        using SecretBytes bytes = Decrypt();
        return bytes.ToSecureString();
    }

    /// <summary>A mask; never the value, nor its length.</summary>
    public sealed override string ToString() => Mask;
}
