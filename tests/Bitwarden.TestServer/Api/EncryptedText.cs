using System.Text.RegularExpressions;

namespace Bitwarden.TestServer.Api;

/// <summary>The official server's check of an encrypted text: its shape, never its content (protocol 4.4).</summary>
internal static partial class EncryptedText
{
    private static readonly Dictionary<string, int> s_parts = new(StringComparer.Ordinal)
    {
        ["0"] = 2, ["1"] = 3, ["2"] = 3, ["3"] = 1, ["4"] = 1, ["5"] = 2, ["6"] = 2, ["7"] = 1,
        ["AesCbc256_B64"] = 2, ["AesCbc128_HmacSha256_B64"] = 3, ["AesCbc256_HmacSha256_B64"] = 3,
        ["Rsa2048_OaepSha256_B64"] = 1, ["Rsa2048_OaepSha1_B64"] = 1,
        ["Rsa2048_OaepSha256_HmacSha256_B64"] = 2, ["Rsa2048_OaepSha1_HmacSha256_B64"] = 2,
        ["XChaCha20Poly1305_B64"] = 1,
    };

    internal static bool IsValid(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string[] parts = text[(dot + 1)..].Split('|');
        int expected = dot < 0 ? (parts.Length == 3 ? 3 : 2) : s_parts.GetValueOrDefault(text[..dot]);
        return parts.Length == expected && parts.All(IsBase64);
    }

    private static bool IsBase64(string part) => part.Length > 0 && part.Length % 4 == 0 && Base64().IsMatch(part);

    [GeneratedRegex("^[A-Za-z0-9+/]+={0,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Base64();
}
