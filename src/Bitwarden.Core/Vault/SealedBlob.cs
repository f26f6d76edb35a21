namespace Bitwarden.Core.Vault;

/// <summary>Tells a sealed blob (protocol 8.8) from the server's own copy of an item: both are the text of the member <c>data</c>.</summary>
internal static class SealedBlob
{
    /// <summary>Whether a text can be one; only then it is worth reading.</summary>
    /// <param name="json">JSON text, with its quotes.</param>
    internal static bool MayBe(ReadOnlySpan<byte> json) => json.IndexOf("format_version"u8) >= 0;
}
