namespace Bitwarden.Core.Errors;

/// <summary>
/// The server asked for a key derivation outside the limits; nothing was derived. A floor keeps a hostile server from collecting
/// a hash that is cheap to attack, a ceiling keeps it from exhausting the machine.
/// </summary>
public sealed class KdfException : BitwardenException
{
    private KdfException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>The setting is weaker than the floor.</summary>
    public static KdfException Insufficient(string settings, string floor) => new(
        ErrorCodes.InsufficientKdf,
        $"The server asked for {settings}, which is weaker than the minimum ({floor}). Nothing was derived or sent. "
        + "This can be an attack on the login: check the server address, then raise the KDF in the web vault.");

    /// <summary>The setting is weaker than the account's was before.</summary>
    public static KdfException Weakened(string settings, string earlier) => new(
        ErrorCodes.WeakenedKdf,
        $"The server asked for {settings}, weaker than the {earlier} that the account had before. Nothing was derived or sent. "
        + "If you did not change it, the server may be hostile.");

    /// <summary>The salt is another than the one that opened the account's vault before.</summary>
    public static KdfException OtherSalt() => new(
        ErrorCodes.WeakenedKdf,
        "The server named another salt for the key derivation than the one that opened the vault before. Nothing was derived or sent. "
        + "If you did not change the password or the e-mail address, the server may be hostile.");

    /// <summary>The setting is above the ceiling.</summary>
    public static KdfException Excessive(string settings, string ceiling) => new(
        ErrorCodes.ExcessiveKdf,
        $"The server asked for {settings}, which is more than the official server allows ({ceiling}). Nothing was derived.");

    /// <summary>The setting needs more memory than the machine has free.</summary>
    public static KdfException OutOfMemory(string settings) => new(
        ErrorCodes.KdfOutOfMemory, $"There is not enough memory on this machine for {settings}.");

    /// <summary>The setting is unknown or incomplete.</summary>
    public static KdfException Unsupported(string reason) => new(ErrorCodes.UnsupportedKdf, reason);
}
