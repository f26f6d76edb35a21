using System.Security.Cryptography;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// Makes AES transforms without padding that take their key from pinned memory, which is zeroed again at once. Setting <see cref="SymmetricAlgorithm.Key"/>
/// instead
/// would leave copies: its getter clones, and .NET itself calls it.
/// </summary>
internal static class AesTransform
{
    internal static ICryptoTransform CreateDecryptor(CipherMode mode, ReadOnlySpan<byte> key, byte[]? iv) =>
        Create(mode, key, iv, (aes, pinned, start) => aes.CreateDecryptor(pinned, start));

    internal static ICryptoTransform CreateEncryptor(CipherMode mode, ReadOnlySpan<byte> key, byte[]? iv) =>
        Create(mode, key, iv, (aes, pinned, start) => aes.CreateEncryptor(pinned, start));

    private static ICryptoTransform Create(CipherMode mode, ReadOnlySpan<byte> key, byte[]? iv, Func<Aes, byte[], byte[]?, ICryptoTransform> create)
    {
        using Aes aes = Aes.Create();
        aes.Mode = mode;
        aes.Padding = PaddingMode.None;
        byte[] pinned = GC.AllocateUninitializedArray<byte>(key.Length, pinned: true);
        try
        {
            key.CopyTo(pinned);
            return create(aes, pinned, iv);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pinned);
        }
    }
}
