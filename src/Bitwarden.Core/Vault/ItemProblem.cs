namespace Bitwarden.Core.Vault;

/// <summary>A part of an item that could not be read; everything else of it can.</summary>
/// <param name="Field">Which part, for example <c>password</c> or <c>uris[1]</c>.</param>
/// <param name="Code">
/// Why, from <see cref="Errors.ErrorCodes"/>: DecryptionFailed, UnsupportedEncryption, MalformedEncString or MalformedItem; else
/// <see cref="UriChecksumMismatch"/>.
/// </param>
public sealed record ItemProblem(string Field, string Code)
{
    /// <summary>An address whose checksum does not match; it is left out, because it may belong to another item.</summary>
    public const string UriChecksumMismatch = "UriChecksumMismatch";

    /// <summary>The part and the reason.</summary>
    public override string ToString() => $"{Field} ({Code})";
}
