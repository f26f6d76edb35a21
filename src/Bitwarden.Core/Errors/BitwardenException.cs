namespace Bitwarden.Core.Errors;

/// <summary>
/// Base of every failure that the engine reports on purpose. <see cref="Code"/> is stable and part of the API; the message says what failed, on what
/// and why, and never holds a secret, a key, a token or ciphertext.
/// </summary>
public abstract class BitwardenException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/>, or the caller's own in the same form.</param>
    /// <param name="message">A plain sentence for the user.</param>
    /// <param name="innerException">What caused it, when its message holds nothing secret.</param>
    protected BitwardenException(string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
    }

    /// <summary>Stable identifier of the failure; the cmdlets use it as ErrorId.</summary>
    public string Code { get; }

    /// <summary>
    /// What to do next, in the words of the program that shows the failure: the engine knows neither its commands nor its parameters and sets nothing here.
    /// Part of the message, because many scripts log the message and nothing else.
    /// </summary>
    public string? Hint { get; set; }

    /// <summary>What failed, and the hint when there is one.</summary>
    public override string Message => Hint is null ? base.Message : $"{base.Message} {Hint}";

    /// <summary>A name that somebody else gave, inert and bounded.</summary>
    private protected static string Shown(string name) => ForeignText.Show(name, ForeignText.NameLength);
}
