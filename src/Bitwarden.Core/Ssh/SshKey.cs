using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Crypto.Primitives;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Ssh;

/// <summary>An SSH key pair, Ed25519 or RSA. Zeroed when disposed. Not for use by several threads.</summary>
[DebuggerDisplay("SshKey {Type}")]
public sealed class SshKey : IDisposable
{
    // What stands in an OpenSSH file between the check numbers and the comment, and in the agent's request between its type and the comment.
    private readonly SecretBytes _fields;
    private readonly byte[] _publicBlob;

    private SshKey(SshKeyType type, int bits, SecretBytes fields, byte[] publicBlob)
    {
        Type = type;
        Bits = bits;
        _fields = fields;
        _publicBlob = publicBlob;
    }

    /// <summary>The kind of the key.</summary>
    public SshKeyType Type { get; }

    /// <summary>Bits of the modulus, 1,024 to 16,384; 256 for Ed25519.</summary>
    public int Bits { get; }

    /// <summary>The public key as in authorized_keys, without a comment: type and base64.</summary>
    public string PublicKey => $"{SshKeyFields.NameOf(Type)} {Convert.ToBase64String(_publicBlob)}";

    /// <summary>The fingerprint as OpenSSH and the vendor's clients show it: SHA256 and base64 without padding.</summary>
    public string Fingerprint => $"SHA256:{Convert.ToBase64String(SHA256.HashData(_publicBlob)).TrimEnd('=')}";

    internal ReadOnlySpan<byte> PublicBlob => _publicBlob;

    internal SecretBytes Fields => _fields;

    /// <summary>Makes a random key pair.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="bits">2,048, 3,072 or 4,096 for RSA; not looked at for Ed25519.</param>
    public static SshKey Generate(SshKeyType type, int bits = 4096)
    {
        if (type == SshKeyType.Rsa)
        {
            using RSA rsa = RSA.Create(bits is 2048 or 3072 or 4096 ? bits : throw new ArgumentOutOfRangeException(nameof(bits)));
            return FromFields(SshKeyFields.OfRsa(rsa));
        }

        using SecretBytes seed = new(Ed25519.KeyLength);
        RandomNumberGenerator.Fill(seed.Span);
        return FromFields(SshKeyFields.OfSeed(seed.Span));
    }

    /// <summary>Reads a private key: OpenSSH's own form, PKCS#8 or, without encryption, PKCS#1, all in PEM.</summary>
    /// <param name="file">The text, 64 KiB at most; stays the caller's.</param>
    /// <param name="passphrase">What it is encrypted with, in UTF-8; null for none. Not looked at when the key is not encrypted.</param>
    /// <param name="cancellationToken">Ends a long derivation.</param>
    /// <exception cref="InvalidInputException">InvalidSshKey, with the reason.</exception>
    public static SshKey Parse(SecretBytes file, SecretBytes? passphrase = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        using SshPem pem = SshPem.Read(file.Span);
        return FromFields(pem.Label switch
        {
            SshPem.OpenSsh => OpenSshFile.Read(pem.Content.Span, passphrase, cancellationToken),
            SshPem.Pkcs8 => Pkcs8File.Read(pem.Content),
            SshPem.EncryptedPkcs8 => EncryptedPkcs8File.Read(pem.Content, passphrase),
            _ => Pkcs8File.ReadPkcs1(pem.Content.Segment),
        });
    }

    /// <summary>Reads a private key from a file, of which 64 KiB are read at most.</summary>
    /// <param name="path">Where.</param>
    /// <param name="passphrase">As for <see cref="Parse"/>.</param>
    /// <param name="cancellationToken">Ends the read, and a long derivation.</param>
    /// <exception cref="LocalFileException">FileUnusable: it cannot be read.</exception>
    /// <inheritdoc cref="Parse" path="/exception"/>
    public static async Task<SshKey> ReadAsync(string path, SecretBytes? passphrase = null, CancellationToken cancellationToken = default)
    {
        using SecretBytes text = new(SshPem.MostBytes + 1);
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                text.Truncate(await file.ReadAtLeastAsync(text.Segment, text.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception e) when (LocalFileException.IsReason(e))
        {
            throw LocalFileException.Unreadable(path, e);
        }

        return Parse(text, passphrase, cancellationToken);
    }

    /// <summary>Writes the private key as items hold it: OpenSSH's own form in PEM, not encrypted, without a comment.</summary>
    public SecretBytes ToPem() => OpenSshFile.Write(_fields.Span, _publicBlob);

    /// <inheritdoc/>
    public void Dispose() => _fields.Dispose();

    /// <summary>Names the kind, never the key.</summary>
    public override string ToString() => $"SshKey {Type}";

    private static SshKey FromFields(SecretBytes fields)
    {
        try
        {
            SshKeyType type = SshKeyFields.Check(fields.Span, out int bits, out byte[] publicBlob);
            return new SshKey(type, bits, fields, publicBlob);
        }
        catch (InvalidInputException)
        {
            fields.Dispose();
            throw;
        }
    }
}
