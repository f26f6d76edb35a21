using System.Security.Cryptography.X509Certificates;

namespace Bitwarden.Core.Api;

/// <summary>How to reach a server.</summary>
public sealed record ConnectionOptions
{
    /// <summary>The longest that one call may take, retries included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Certificates to trust instead of the operating system's, for a private certificate authority; null for the system's.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>A GUID to be known by; null derives one from server and account.</summary>
    public string? DeviceIdentifier { get; init; }

    /// <summary>The longest answer that is read, in bytes and after decompression: a sync, or a file whose size is not known.</summary>
    public long LargestAnswer { get; init; } = 512L * 1024 * 1024;

    /// <summary>Replaces the network, for tests.</summary>
    public HttpMessageHandler? MessageHandler { get; init; }

    /// <summary>Clock and timers; tests bring their own.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Reads one or more certificates in PEM form.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Errors.InvalidInputException">InvalidCertificateAuthority.</exception>
    public static X509Certificate2Collection ReadCertificateAuthorities(string path)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw Errors.InvalidInputException.CertificateAuthority(path);
        }

        return certificates.Count > 0 ? certificates : throw Errors.InvalidInputException.CertificateAuthority(path);
    }
}
