using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Writing;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

public sealed class CertificateTests
{
    private const string Password = "Pässwörd 文 1";

    [Theory]
    [InlineData(Password)]
    [InlineData("")]
    [InlineData(null)]
    public async Task PfxGoesInAndATlsHandshakeComesOut(string? password)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        using X509Certificate2 made = Make();
        using X509Certificate2 read = await ReadAsync(harness, made.Export(X509ContentType.Pfx, password), password);
        Assert.Equal(made.Thumbprint, read.Thumbprint);
        Assert.Equal(made.Thumbprint, await HandshakeAsync(read));
    }

    [Theory]
    [InlineData("other")]
    [InlineData("")]
    [InlineData(null)]
    public async Task WrongPasswordIsInvalidCertificatePassword(string? password)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        using X509Certificate2 made = Make();
        InvalidInputException failure = await Assert.ThrowsAsync<InvalidInputException>(
            () => ReadAsync(harness, made.Export(X509ContentType.Pfx, Password), password));
        Assert.Equal("InvalidCertificatePassword", failure.Code);
        Assert.DoesNotContain(Password, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("half")]
    [InlineData("certificate")]
    [InlineData("pem")]
    public async Task AnythingElseIsInvalidCertificate(string what)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        using X509Certificate2 made = Make();
        byte[] content = what switch
        {
            "half" => made.Export(X509ContentType.Pfx, Password)[..500],
            "certificate" => made.RawData,
            "pem" => [.. made.ExportCertificatePem().Select(c => (byte)c)],
            _ => [.. what.Select(c => (byte)c)],
        };
        InvalidInputException failure = await Assert.ThrowsAsync<InvalidInputException>(() => ReadAsync(harness, content, Password));
        Assert.Equal("InvalidCertificate", failure.Code);
    }

    private static X509Certificate2 Make()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
    }

    private static async Task<X509Certificate2> ReadAsync(WritingHarness harness, byte[] content, string? password)
    {
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = await session.GetWriter().Files.AddAsync(session.GetVault().Find("token-only"), "cert.pfx", new MemoryStream(content));
        using SecretBytes? secret = password is null ? null : SecretBytes.FromCharacters(password);
        return await session.GetFiles().ReadCertificateAsync(item, Assert.Single(item.Attachments), secret);
    }

    /// <summary>What a client sees of a server that has the certificate.</summary>
    private static async Task<string> HandshakeAsync(X509Certificate2 certificate)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using TcpClient client = new();
        Task<TcpClient> accepting = listener.AcceptTcpClientAsync();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using TcpClient accepted = await accepting;
        using SslStream server = new(accepted.GetStream());
        using SslStream ours = new(client.GetStream(), leaveInnerStreamOpen: false, (_, seen, _, _) => seen!.Equals(certificate));
        await Task.WhenAll(server.AuthenticateAsServerAsync(certificate), ours.AuthenticateAsClientAsync("localhost"));
        return ((X509Certificate2)ours.RemoteCertificate!).Thumbprint;
    }
}
