using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bitwarden.TestServer;

/// <summary>A certificate authority that lives as long as one server, and the certificate it issues for loopback.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(30);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    internal CertificateAuthority()
    {
        CertificateRequest request = new("CN=Bitwarden embedded test server CA", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        // Not the server's clock: the TLS of the clients goes by the real one.
        DateTimeOffset now = DateTimeOffset.UtcNow;
        _certificate = request.CreateSelfSigned(now - s_clockSkew, now + s_lifetime);
    }

    internal string ExportPem() => _certificate.ExportCertificatePem();

    /// <summary>Issues a server certificate for localhost and the loopback addresses.</summary>
    internal X509Certificate2 IssueLoopback()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = CreateLoopbackRequest(key);
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        using X509Certificate2 issued = request.Create(_certificate, _certificate.NotBefore, _certificate.NotAfter, serial);
        using X509Certificate2 complete = issued.CopyWithPrivateKey(key);

        // Windows wants a key that is not ephemeral, hence the round trip.
        return new X509Certificate2(complete.Export(X509ContentType.Pfx));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private CertificateRequest CreateLoopbackRequest(ECDsa key)
    {
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        return request;
    }
}
