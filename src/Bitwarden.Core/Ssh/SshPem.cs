using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Ssh;

/// <summary>The text form of a private key (RFC 7468), read with no copy left behind. Line ends and lengths of lines do not matter.</summary>
internal sealed class SshPem : IDisposable
{
    internal const string OpenSsh = "OPENSSH PRIVATE KEY";
    internal const string Pkcs8 = "PRIVATE KEY";
    internal const string EncryptedPkcs8 = "ENCRYPTED PRIVATE KEY";
    internal const string Pkcs1 = "RSA PRIVATE KEY";

    /// <summary>The most bytes of a file.</summary>
    internal const int MostBytes = 64 * 1024;

    private const int LineLength = 70;

    private SshPem(string label, SecretBytes content)
    {
        Label = label;
        Content = content;
    }

    /// <summary>One of the four above.</summary>
    internal string Label { get; }

    /// <summary>The bytes.</summary>
    internal SecretBytes Content { get; }

    /// <exception cref="InvalidInputException">InvalidSshKey: it is empty, too long, no private key, or one of another kind.</exception>
    internal static SshPem Read(ReadOnlySpan<byte> text)
    {
        EnsurePossible(text);
        int start = text.IndexOf("-----BEGIN "u8);
        ReadOnlySpan<byte> rest = start < 0 ? [] : text[(start + 11)..];
        int end = rest.IndexOf("-----"u8);
        string label = end is < 1 or > 64
            ? throw InvalidInputException.SshKey("It is not a private key in PEM form.")
            : Encoding.ASCII.GetString(rest[..end]);
        EnsureKnown(label);
        rest = rest[(end + 5)..];
        int close = rest.IndexOf(Encoding.ASCII.GetBytes($"-----END {label}-----"));
        return close < 0 ? throw InvalidInputException.SshKeyDamaged() : new SshPem(label, Decode(rest[..close]));
    }

    /// <summary>Writes lines as ssh-keygen does, each ended by a line feed.</summary>
    internal static SecretBytes Write(string label, SecretBytes content)
    {
        using SecretBytes base64 = content.ToBase64();
        using SshWireWriter writer = new();
        writer.WriteRaw(Encoding.ASCII.GetBytes($"-----BEGIN {label}-----\n"));
        for (int at = 0; at < base64.Length; at += LineLength)
        {
            writer.WriteRaw(base64.Span.Slice(at, Math.Min(LineLength, base64.Length - at))).WriteByte((byte)'\n');
        }

        return writer.WriteRaw(Encoding.ASCII.GetBytes($"-----END {label}-----\n")).ToSecret();
    }

    /// <inheritdoc/>
    public void Dispose() => Content.Dispose();

    private static void EnsurePossible(ReadOnlySpan<byte> text)
    {
        string? reason = text switch
        {
            { IsEmpty: true } => "It is empty.",
            { Length: > MostBytes } => "It is longer than any key.",
            _ when text.StartsWith("PuTTY-User-Key-File"u8) => "It is in the form of PuTTY. PuTTYgen exports keys in the form of OpenSSH.",
            _ when text.StartsWith("ssh-"u8) || text.StartsWith("ecdsa-"u8) => "It is a public key.",
            _ => null,
        };
        if (reason is not null)
        {
            throw InvalidInputException.SshKey(reason);
        }
    }

    private static void EnsureKnown(string label)
    {
        if (label is "EC PRIVATE KEY" or "DSA PRIVATE KEY")
        {
            throw InvalidInputException.SshKeyOfOtherKind(label[..^12]);
        }

        if (label is not (OpenSsh or Pkcs8 or EncryptedPkcs8 or Pkcs1))
        {
            throw InvalidInputException.SshKey($"It is '{ForeignText.Show(label)}', and not a private key.");
        }
    }

    private static SecretBytes Decode(ReadOnlySpan<byte> lines)
    {
        if (lines.IndexOf("Proc-Type:"u8) >= 0)
        {
            throw InvalidInputException.SshKey("It is encrypted in the old form of PEM. 'ssh-keygen -p' writes the current one.");
        }

        using SecretBytes base64 = new(lines.Length);
        int length = 0;
        foreach (byte character in lines)
        {
            if (character is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                base64.Span[length++] = character;
            }
        }

        base64.Truncate(length);
        return SecretBytes.TryFromBase64(base64.Span) ?? throw InvalidInputException.SshKeyDamaged();
    }
}
