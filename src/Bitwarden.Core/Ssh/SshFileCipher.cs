using System.Buffers.Binary;
using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Crypto.Primitives;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Ssh;

/// <summary>How ssh-keygen encrypts a private key: AES with a key and a start that bcrypt_pbkdf derives of the passphrase.</summary>
internal sealed class SshFileCipher
{
    // ssh-keygen writes 16 or 24 rounds by itself; this many take about half a minute.
    private const uint MostRounds = 2048;
    private const int BlockLength = 16;
    private const int TagLength = 16;
    private const int GcmNonceLength = 12;

    private readonly string _mode;
    private readonly int _keyLength;

    private SshFileCipher(string mode, int keyLength)
    {
        _mode = mode;
        _keyLength = keyLength;
    }

    /// <exception cref="InvalidInputException">InvalidSshKey: not supported.</exception>
    internal static SshFileCipher Find(string cipher, string kdf) => (kdf, cipher) switch
    {
        ("bcrypt", "aes256-ctr") => new SshFileCipher("ctr", 32),
        ("bcrypt", "aes192-ctr") => new SshFileCipher("ctr", 24),
        ("bcrypt", "aes128-ctr") => new SshFileCipher("ctr", 16),
        ("bcrypt", "aes256-cbc") => new SshFileCipher("cbc", 32),
        ("bcrypt", "aes192-cbc") => new SshFileCipher("cbc", 24),
        ("bcrypt", "aes128-cbc") => new SshFileCipher("cbc", 16),
        ("bcrypt", "aes256-gcm@openssh.com") => new SshFileCipher("gcm", 32),
        ("bcrypt", "aes128-gcm@openssh.com") => new SshFileCipher("gcm", 16),
        _ => throw InvalidInputException.SshKeyEncryption($"{cipher} with {kdf}"),
    };

    /// <summary>The key, and behind it where the cipher starts.</summary>
    /// <exception cref="InvalidInputException">InvalidSshKey: there is no passphrase, or the derivation is out of bounds.</exception>
    internal SecretBytes DeriveKey(SecretBytes? passphrase, ReadOnlySpan<byte> options, CancellationToken cancellationToken)
    {
        SshWireReader reader = new(options);
        ReadOnlySpan<byte> salt = reader.ReadString();
        uint rounds = reader.ReadUInt32();
        if (salt.IsEmpty || rounds == 0 || !reader.Rest.IsEmpty)
        {
            throw InvalidInputException.SshKeyDamaged();
        }

        if (rounds > MostRounds)
        {
            throw InvalidInputException.SshKeyEncryption($"bcrypt with {rounds} rounds");
        }

        ReadOnlySpan<byte> secret = passphrase is { Length: > 0 } ? passphrase.Span : throw InvalidInputException.SshKeyPassphraseMissing();
        SecretBytes key = new(_keyLength + (_mode == "gcm" ? GcmNonceLength : BlockLength));
        BcryptKdf.Derive(secret, salt, (int)rounds, key.Span, cancellationToken);
        return key;
    }

    /// <exception cref="InvalidInputException">InvalidSshKey: the file is damaged or the passphrase wrong, as far as this shows here.</exception>
    internal SecretBytes Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> tag)
    {
        if (data.IsEmpty || data.Length % BlockLength != 0 || tag.Length != (_mode == "gcm" ? TagLength : 0))
        {
            throw InvalidInputException.SshKeyDamaged();
        }

        SecretBytes plain = new(data.Length);
        try
        {
            Decrypt(key[.._keyLength], key[_keyLength..], data, tag, plain);
            return plain;
        }
        catch (CryptographicException)
        {
            plain.Dispose();
            throw InvalidInputException.SshKeyPassphrase();
        }
    }

    private void Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> start, ReadOnlySpan<byte> data, ReadOnlySpan<byte> tag, SecretBytes plain)
    {
        switch (_mode)
        {
            case "gcm":
                using (AesGcm gcm = new(key, TagLength))
                {
                    gcm.Decrypt(start, data, tag, plain.Span);
                }

                break;
            case "cbc":
                using (ICryptoTransform transform = AesTransform.CreateDecryptor(CipherMode.CBC, key, start.ToArray()))
                {
                    data.CopyTo(plain.Span);
                    Transform(transform, plain);
                }

                break;
            default:
                Count(key, start, plain);
                for (int i = 0; i < data.Length; i++)
                {
                    plain.Span[i] ^= data[i];
                }

                break;
        }
    }

    // The key stream of counter mode: the encrypted numbers from the start on.
    private static void Count(ReadOnlySpan<byte> key, ReadOnlySpan<byte> start, SecretBytes stream)
    {
        UInt128 counter = BinaryPrimitives.ReadUInt128BigEndian(start);
        for (int at = 0; at < stream.Length; at += BlockLength)
        {
            BinaryPrimitives.WriteUInt128BigEndian(stream.Span[at..], counter++);
        }

        using ICryptoTransform transform = AesTransform.CreateEncryptor(CipherMode.ECB, key, null);
        Transform(transform, stream);
    }

    private static void Transform(ICryptoTransform transform, SecretBytes inPlace)
    {
        ArraySegment<byte> memory = inPlace.Segment;
        transform.TransformBlock(memory.Array!, memory.Offset, memory.Count, memory.Array!, memory.Offset);
    }
}
