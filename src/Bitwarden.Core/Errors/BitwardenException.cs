namespace Bitwarden.Core.Errors;

/// <summary>
/// Base of every failure that the engine reports on purpose. <see cref="Code"/> is stable and part of the API;
/// the message says what failed, on what, and what to do next, and never holds a secret, a key, a token or ciphertext.
/// </summary>
public abstract class BitwardenException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="code">Stable identifier in PascalCase, for example <c>VaultLocked</c>.</param>
    /// <param name="message">A plain sentence for the user.</param>
    /// <param name="innerException">What caused it, when its message holds nothing secret.</param>
    protected BitwardenException(string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
    }

    /// <summary>Stable identifier of the failure; the cmdlets use it as ErrorId.</summary>
    public string Code { get; }
}
