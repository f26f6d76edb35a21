using System.Formats.Asn1;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Ssh;

/// <summary>A private key in PKCS#8 (RFC 5208; for Ed25519, RFC 8410), or an RSA key in PKCS#1 (RFC 8017, appendix A.1.2).</summary>
internal static class Pkcs8File
{
    private const int SeedLength = 32;
    private const string Ed25519 = "1.3.101.112";
    private const string Rsa = "1.2.840.113549.1.1.1";

    /// <exception cref="InvalidInputException">InvalidSshKey, with the reason.</exception>
    internal static SecretBytes Read(SecretBytes file)
    {
        try
        {
            AsnReader key = new AsnReader(file.Segment, AsnEncodingRules.BER).ReadSequence();
            key.ReadInteger();
            string algorithm = key.ReadSequence().ReadObjectIdentifier();
            ReadOnlyMemory<byte> content = key.ReadPrimitive();
            return algorithm switch
            {
                Ed25519 => ReadSeed(content),
                Rsa => ReadPkcs1(content),
                _ => throw InvalidInputException.SshKeyOfOtherKind(algorithm),
            };
        }
        catch (AsnContentException)
        {
            throw InvalidInputException.SshKeyDamaged();
        }
    }

    /// <inheritdoc cref="Read"/>
    internal static SecretBytes ReadPkcs1(ReadOnlyMemory<byte> file)
    {
        try
        {
            AsnReader key = new AsnReader(file, AsnEncodingRules.BER).ReadSequence();
            key.ReadInteger();
            ReadOnlySpan<byte> n = key.ReadIntegerBytes().Span;
            ReadOnlySpan<byte> e = key.ReadIntegerBytes().Span;
            ReadOnlySpan<byte> d = key.ReadIntegerBytes().Span;
            ReadOnlySpan<byte> p = key.ReadIntegerBytes().Span;
            ReadOnlySpan<byte> q = key.ReadIntegerBytes().Span;
            key.ReadIntegerBytes();
            key.ReadIntegerBytes();
            return SshKeyFields.OfRsa(n, e, d, key.ReadIntegerBytes().Span, p, q);
        }
        catch (AsnContentException)
        {
            throw InvalidInputException.SshKeyDamaged();
        }
    }

    private static SecretBytes ReadSeed(ReadOnlyMemory<byte> content)
    {
        ReadOnlySpan<byte> seed = new AsnReader(content, AsnEncodingRules.BER).ReadPrimitive().Span;
        return seed.Length == SeedLength ? SshKeyFields.OfSeed(seed) : throw InvalidInputException.SshKeyDamaged();
    }

    private static ReadOnlyMemory<byte> ReadPrimitive(this AsnReader reader) =>
        reader.TryReadPrimitiveOctetString(out ReadOnlyMemory<byte> content) ? content : throw InvalidInputException.SshKeyDamaged();
}
