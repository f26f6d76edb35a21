using System.Security.Cryptography;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Benchmarks.Fixtures;

/// <summary>The baseline: the same decryption with .NET's static one-shot calls.</summary>
internal static class OneShotCipher
{
    internal static long Decrypt(ArraySegment<EncString> fields, byte[] encryptionKey, byte[] macKey)
    {
        using Aes aes = Aes.Create();
        aes.Key = encryptionKey;
        long length = 0;
        foreach (EncString field in fields)
        {
            byte[] mac = HMACSHA256.HashData(macKey, field.Authenticated);
            length += CryptographicOperations.FixedTimeEquals(mac, field.Mac) ? aes.DecryptCbc(field.Data, field.Iv).Length : 0;
        }

        return length;
    }
}
