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
        byte[] signed = new byte[80];
        long length = 0;
        foreach (EncString field in fields)
        {
            field.Iv.CopyTo(signed, 0);
            field.Data.CopyTo(signed, field.Iv.Length);
            byte[] mac = HMACSHA256.HashData(macKey, signed);
            length += CryptographicOperations.FixedTimeEquals(mac, field.Mac) ? aes.DecryptCbc(field.Data, field.Iv).Length : 0;
        }

        return length;
    }
}
