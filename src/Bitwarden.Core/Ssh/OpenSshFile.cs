using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Ssh;

/// <summary>The file of ssh-keygen for one key, encrypted or not (OpenSSH, PROTOCOL.key).</summary>
internal static class OpenSshFile
{
    private const int PlainBlock = 8;

    private static ReadOnlySpan<byte> Magic => "openssh-key-v1\0"u8;

    /// <summary>Reads the members of the private key.</summary>
    /// <exception cref="InvalidInputException">InvalidSshKey, with the reason.</exception>
    internal static SecretBytes Read(ReadOnlySpan<byte> file, SecretBytes? passphrase, CancellationToken cancellationToken)
    {
        SshWireReader reader = new(file);
        if (!reader.Take(Magic.Length).SequenceEqual(Magic))
        {
            throw InvalidInputException.SshKeyDamaged();
        }

        string cipher = Name(reader.ReadString());
        string kdf = Name(reader.ReadString());
        ReadOnlySpan<byte> options = reader.ReadString();
        if (reader.ReadUInt32() != 1)
        {
            throw InvalidInputException.SshKey("The file has another number of keys than one.");
        }

        ReadOnlySpan<byte> open = reader.ReadString();
        ReadOnlySpan<byte> sealedPart = reader.ReadString();
        if (cipher == "none" && kdf == "none" && reader.Rest.IsEmpty)
        {
            return Unpack(sealedPart, open, isEncrypted: false);
        }

        SshFileCipher known = SshFileCipher.Find(cipher, kdf);
        using SecretBytes key = known.DeriveKey(passphrase, options, cancellationToken);
        using SecretBytes plain = known.Decrypt(key.Span, sealedPart, reader.Rest);
        return Unpack(plain.Span, open, isEncrypted: true);
    }

    /// <summary>Writes a file that is not encrypted, without a comment.</summary>
    internal static SecretBytes Write(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> publicBlob)
    {
        Span<byte> check = stackalloc byte[4];
        RandomNumberGenerator.Fill(check);
        using SshWireWriter inner = new();
        inner.WriteRaw(check).WriteRaw(check).WriteRaw(fields).WriteString([]);
        int padding = (PlainBlock - ((8 + fields.Length + 4) % PlainBlock)) % PlainBlock;
        for (byte i = 1; i <= padding; i++)
        {
            inner.WriteByte(i);
        }

        using SecretBytes content = inner.ToSecret();
        using SshWireWriter outer = new();
        outer.WriteRaw(Magic).WriteString("none"u8).WriteString("none"u8).WriteString([]).WriteUInt32(1);
        using SecretBytes whole = outer.WriteString(publicBlob).WriteString(content.Span).ToSecret();
        return SshPem.Write(SshPem.OpenSsh, whole);
    }

    private static SecretBytes Unpack(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> open, bool isEncrypted)
    {
        SshWireReader reader = new(plain);
        if (reader.ReadUInt32() != reader.ReadUInt32())
        {
            throw isEncrypted ? InvalidInputException.SshKeyPassphrase() : InvalidInputException.SshKeyDamaged();
        }

        SecretBytes fields = new(reader.Take(SshKeyFields.Measure(reader.Rest)));
        try
        {
            reader.ReadString();
            EnsurePadding(reader.Rest);
            SshKeyFields.Check(fields.Span, out _, out byte[] publicBlob);
            return open.SequenceEqual(publicBlob) ? fields : throw InvalidInputException.SshKeyMismatch();
        }
        catch (InvalidInputException)
        {
            fields.Dispose();
            throw;
        }
    }

    private static void EnsurePadding(ReadOnlySpan<byte> padding)
    {
        for (int i = 0; i < padding.Length; i++)
        {
            if (padding[i] != (byte)(i + 1))
            {
                throw InvalidInputException.SshKeyDamaged();
            }
        }
    }

    private static string Name(ReadOnlySpan<byte> name) => Encoding.ASCII.GetString(name.Length > 64 ? name[..64] : name);
}
