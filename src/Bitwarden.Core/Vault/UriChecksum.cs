using System.Security.Cryptography;
using System.Text;

namespace Bitwarden.Core.Vault;

/// <summary>What ties an address to its item: base64 of SHA-256 over the address in UTF-8 (protocol 5.6).</summary>
internal static class UriChecksum
{
    internal static string Compute(string uri) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(uri)));
}
