using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Crypto.Primitives;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Ssh;

/// <summary>
/// The members of a private key on the wire, behind the name of its kind: for Ed25519 the public key and the seed with the public key, for RSA n, e, d, iqmp,
/// p, q (draft-ietf-sshm-ssh-agent, section 3.2; OpenSSH, PROTOCOL.key).
/// </summary>
internal static class SshKeyFields
{
    private const string Ed25519Name = "ssh-ed25519";
    private const string RsaName = "ssh-rsa";
    private const int LeastBits = 1024;
    private const int MostBits = 16384;

    internal static string NameOf(SshKeyType type) => type == SshKeyType.Rsa ? RsaName : Ed25519Name;

    internal static SecretBytes OfSeed(ReadOnlySpan<byte> seed)
    {
        Span<byte> publicKey = stackalloc byte[Ed25519.KeyLength];
        Ed25519.DerivePublicKey(seed, publicKey);
        using SshWireWriter writer = new();
        writer.WriteString("ssh-ed25519"u8).WriteString(publicKey);
        return writer.WriteUInt32(2 * Ed25519.KeyLength).WriteRaw(seed).WriteRaw(publicKey).ToSecret();
    }

    internal static SecretBytes OfRsa(RSA rsa)
    {
        RSAParameters key = rsa.ExportParameters(includePrivateParameters: true);
        try
        {
            return OfRsa(key.Modulus, key.Exponent, key.D, key.InverseQ, key.P, key.Q);
        }
        finally
        {
            Clear(key);
        }
    }

    internal static SecretBytes OfRsa(
        ReadOnlySpan<byte> n, ReadOnlySpan<byte> e, ReadOnlySpan<byte> d, ReadOnlySpan<byte> inverse, ReadOnlySpan<byte> p, ReadOnlySpan<byte> q)
    {
        using SshWireWriter writer = new();
        writer.WriteString("ssh-rsa"u8).WriteNumber(n).WriteNumber(e).WriteNumber(d).WriteNumber(inverse);
        return writer.WriteNumber(p).WriteNumber(q).ToSecret();
    }

    /// <summary>The length of the members of a key at the beginning of a text; what is behind them is the caller's.</summary>
    internal static int Measure(ReadOnlySpan<byte> source)
    {
        SshWireReader reader = new(source);
        int members = TypeOf(reader.ReadString()) == SshKeyType.Rsa ? 6 : 2;
        for (int i = 0; i < members; i++)
        {
            reader.ReadString();
        }

        return source.Length - reader.Rest.Length;
    }

    /// <summary>Fails unless the parts of a key belong together: nobody else's public key is to stand beside it.</summary>
    internal static SshKeyType Check(ReadOnlySpan<byte> fields, out int bits, out byte[] publicBlob)
    {
        SshWireReader reader = new(fields);
        SshKeyType type = TypeOf(reader.ReadString());
        using SshWireWriter blob = new();
        bits = type == SshKeyType.Rsa ? CheckRsa(ref reader, blob) : CheckEd25519(ref reader, blob);
        using SecretBytes written = blob.ToSecret();
        publicBlob = reader.Rest.IsEmpty ? written.Span.ToArray() : throw InvalidInputException.SshKeyDamaged();
        return type;
    }

    private static SshKeyType TypeOf(ReadOnlySpan<byte> name) => Encoding.ASCII.GetString(name.Length > 64 ? name[..64] : name) switch
    {
        Ed25519Name => SshKeyType.Ed25519,
        RsaName => SshKeyType.Rsa,
        string other => throw InvalidInputException.SshKeyOfOtherKind(other),
    };

    private static int CheckEd25519(ref SshWireReader reader, SshWireWriter blob)
    {
        ReadOnlySpan<byte> stated = reader.ReadString();
        ReadOnlySpan<byte> pair = reader.ReadString();
        Span<byte> derived = stackalloc byte[Ed25519.KeyLength];
        if (pair.Length != 2 * Ed25519.KeyLength)
        {
            throw InvalidInputException.SshKeyDamaged();
        }

        Ed25519.DerivePublicKey(pair[..Ed25519.KeyLength], derived);
        if (!derived.SequenceEqual(stated) || !derived.SequenceEqual(pair[Ed25519.KeyLength..]))
        {
            throw InvalidInputException.SshKeyMismatch();
        }

        blob.WriteString("ssh-ed25519"u8).WriteString(derived);
        return 8 * Ed25519.KeyLength;
    }

    private static int CheckRsa(ref SshWireReader reader, SshWireWriter blob)
    {
        ReadOnlySpan<byte> n = reader.ReadNumber();
        ReadOnlySpan<byte> e = reader.ReadNumber();
        int bits = (8 * n.Length) - int.Max(0, byte.LeadingZeroCount(n[0]));
        if (bits is < LeastBits or > MostBits)
        {
            throw InvalidInputException.SshKey($"An RSA key may have {LeastBits} to {MostBits} bits, and this one has {bits}.");
        }

        RSAParameters key = ReadRsa(n, e, ref reader);
        try
        {
            EnsureSigns(key);
        }
        finally
        {
            Clear(key);
        }

        blob.WriteString("ssh-rsa"u8).WriteNumber(e).WriteNumber(n);
        return bits;
    }

    private static RSAParameters ReadRsa(ReadOnlySpan<byte> n, ReadOnlySpan<byte> e, ref SshWireReader reader)
    {
        int half = (n.Length + 1) / 2;
        RSAParameters key = new() { Modulus = n.ToArray(), Exponent = e.ToArray() };
        key.D = Padded(reader.ReadNumber(), n.Length);
        key.InverseQ = Padded(reader.ReadNumber(), half);
        key.P = Padded(reader.ReadNumber(), half);
        key.Q = Padded(reader.ReadNumber(), half);
        key.DP = Exponent(key.D, key.P);
        key.DQ = Exponent(key.D, key.Q);
        return key;
    }

    // A file has no d mod (p - 1), and .NET wants it. p is odd, so that p - 1 has but the last bit less.
    private static byte[] Exponent(byte[] d, byte[] prime)
    {
        byte[] result = GC.AllocateArray<byte>(prime.Length, pinned: true);
        prime[^1] ^= 1;
        WideNumber.Remainder(d, prime, result);
        prime[^1] ^= 1;
        return result;
    }

    private static byte[] Padded(ReadOnlySpan<byte> number, int length)
    {
        if (number.Length > length)
        {
            throw InvalidInputException.SshKeyMismatch();
        }

        byte[] result = GC.AllocateArray<byte>(length, pinned: true);
        number.CopyTo(result.AsSpan(length - number.Length));
        return result;
    }

    private static void EnsureSigns(RSAParameters key)
    {
        byte[] hash = SHA256.HashData("probe"u8);
        try
        {
            using RSA pair = RSA.Create(key);
            using RSA open = RSA.Create(new RSAParameters { Modulus = key.Modulus, Exponent = key.Exponent });
            byte[] signature = pair.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            if (open.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            {
                return;
            }
        }
        catch (CryptographicException)
        {
        }

        throw InvalidInputException.SshKeyMismatch();
    }

    private static void Clear(RSAParameters key)
    {
        foreach (byte[]? secret in new[] { key.D, key.P, key.Q, key.DP, key.DQ, key.InverseQ })
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
