using Bitwarden.Core.Crypto;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>A value of a note of SecretManagement.Warden.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsRaw">Whether the text is JSON itself: a number, true or false, or something nested.</param>
internal sealed record WardenValue(string Key, SecretBytes Text, bool IsRaw)
{
    /// <summary>Names the type, never the value.</summary>
    public override string ToString() => "WardenValue";
}
