using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Ssh;

/// <summary>An encrypted PKCS#8 file: PBES2 with PBKDF2 and AES (RFC 8018, section 6.2). .NET opens such files for its own kinds of keys only.</summary>
internal static class EncryptedPkcs8File
{
    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";
    private const int MostIterations = 10_000_000;

    /// <summary>Reads the members of the private key.</summary>
    /// <exception cref="InvalidInputException">InvalidSshKey, with the reason.</exception>
    internal static SecretBytes Read(SecretBytes file, SecretBytes? passphrase)
    {
        if (passphrase is not { Length: > 0 })
        {
            throw InvalidInputException.SshKeyPassphraseMissing();
        }

        try
        {
            AsnReader whole = new AsnReader(file.Segment, AsnEncodingRules.BER).ReadSequence();
            AsnReader scheme = whole.ReadSequence();
            Expect(scheme, Pbes2);
            AsnReader parameters = scheme.ReadSequence();
            AsnReader derivation = parameters.ReadSequence();
            AsnReader cipher = parameters.ReadSequence();
            byte[] data = whole.ReadOctetString();
            int keyLength = KeyLength(cipher.ReadObjectIdentifier());
            using SecretBytes key = Derive(derivation, passphrase, keyLength);
            using SecretBytes plain = Decrypt(key, cipher.ReadOctetString(), data);
            return Pkcs8File.Read(plain);
        }
        catch (AsnContentException)
        {
            throw InvalidInputException.SshKeyDamaged();
        }
    }

    private static void Expect(AsnReader reader, string identifier)
    {
        if (reader.ReadObjectIdentifier() is string other && other != identifier)
        {
            throw InvalidInputException.SshKeyEncryption(other);
        }
    }

    private static int KeyLength(string cipher) => cipher switch
    {
        "2.16.840.1.101.3.4.1.42" => 32,
        "2.16.840.1.101.3.4.1.22" => 24,
        "2.16.840.1.101.3.4.1.2" => 16,
        _ => throw InvalidInputException.SshKeyEncryption(cipher),
    };

    private static SecretBytes Derive(AsnReader derivation, SecretBytes passphrase, int keyLength)
    {
        Expect(derivation, Pbkdf2);
        AsnReader parameters = derivation.ReadSequence();
        byte[] salt = parameters.ReadOctetString();
        BigInteger iterations = parameters.ReadInteger();
        if (parameters.HasData && parameters.PeekTag() == Asn1Tag.Integer)
        {
            parameters.ReadInteger();
        }

        HashAlgorithmName hash = parameters.HasData ? Hash(parameters.ReadSequence().ReadObjectIdentifier()) : HashAlgorithmName.SHA1;
        if (iterations < 1 || iterations > MostIterations)
        {
            throw InvalidInputException.SshKeyEncryption("an impossible number of iterations");
        }

        SecretBytes key = new(keyLength);
        Rfc2898DeriveBytes.Pbkdf2(passphrase.Span, salt, key.Span, (int)iterations, hash);
        return key;
    }

    private static HashAlgorithmName Hash(string function) => function switch
    {
        "1.2.840.113549.2.7" => HashAlgorithmName.SHA1,
        "1.2.840.113549.2.9" => HashAlgorithmName.SHA256,
        "1.2.840.113549.2.10" => HashAlgorithmName.SHA384,
        "1.2.840.113549.2.11" => HashAlgorithmName.SHA512,
        _ => throw InvalidInputException.SshKeyEncryption(function),
    };

    // Nothing but the padding and the form inside tells a wrong passphrase from a right one.
    private static SecretBytes Decrypt(SecretBytes key, byte[] start, byte[] data)
    {
        const int Block = 16;
        if (start.Length != Block || data.Length == 0 || data.Length % Block != 0)
        {
            throw InvalidInputException.SshKeyDamaged();
        }

        SecretBytes plain = new(data);
        using ICryptoTransform transform = AesTransform.CreateDecryptor(CipherMode.CBC, key.Span, start);
        ArraySegment<byte> memory = plain.Segment;
        transform.TransformBlock(memory.Array!, memory.Offset, memory.Count, memory.Array!, memory.Offset);
        int padding = plain.Span[^1];
        bool isRight = padding is > 0 and <= Block && plain.Span[^padding..].IndexOfAnyExcept((byte)padding) < 0 && plain.Span[0] == 0x30;
        if (!isRight)
        {
            plain.Dispose();
            throw InvalidInputException.SshKeyPassphrase();
        }

        plain.Truncate(data.Length - padding);
        return plain;
    }
}
