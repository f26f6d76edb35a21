using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>Opens certificates in PFX form (RFC 7292).</summary>
internal static class CertificateFile
{
    // What .NET says on every system when the password is wrong: ERROR_INVALID_PASSWORD.
    private const int WrongPassword = unchecked((int)0x80070056);

    // macOS knows no keys in memory alone: there they go into a keychain that goes with the certificate.
    private static readonly X509KeyStorageFlags s_storage =
        OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    /// <summary>Makes a certificate with its private key, which the caller disposes.</summary>
    /// <param name="fileName">For messages.</param>
    /// <param name="content">The file.</param>
    /// <param name="password">Stays the caller's; null for none.</param>
    /// <exception cref="InvalidInputException">InvalidCertificate or InvalidCertificatePassword.</exception>
    internal static X509Certificate2 Open(string fileName, SecretBytes content, SecretBytes? password)
    {
        ReadOnlySpan<byte> utf8 = password is null ? default : password.Span;
        char[] characters = GC.AllocateArray<char>(Encoding.UTF8.GetCharCount(utf8), pinned: true);
        try
        {
            Encoding.UTF8.GetChars(utf8, characters);
            return IsPfx(content) ? new X509Certificate2(content.Span, characters, s_storage) : throw InvalidInputException.Certificate(fileName);
        }
        catch (CryptographicException e)
        {
            // Its own words may quote parts of the file.
            throw e.HResult == WrongPassword
                ? InvalidInputException.CertificatePassword(fileName, isGiven: password is not null)
                : InvalidInputException.Certificate(fileName);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(characters.AsSpan()));
        }
    }

    // .NET takes certificates without a key too, whatever the password is.
    private static bool IsPfx(SecretBytes content) => content.Length > 0 && X509Certificate2.GetCertContentType(content.Span) == X509ContentType.Pkcs12;
}
