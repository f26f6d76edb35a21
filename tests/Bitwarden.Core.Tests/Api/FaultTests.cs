using System.Net;
using System.Net.Sockets;
using Bitwarden.Core.Api;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Api;

/// <summary>Each endpoint times each fault: a typed failure that names the host, in time, with the session as it was and nothing leaked.</summary>
public sealed class FaultTests(FaultFixture fixture) : IClassFixture<FaultFixture>
{
    private const string Unreachable = "Unreachable";
    private const string UntrustedTls = "UntrustedTls";
    private const string Token = "/identity/connect/token";
    private const string Prelogin = "/identity/accounts/prelogin";
    private const string Sync = "/api/sync";
    private const string RevisionDate = "/api/accounts/revision-date";
    private const string AttachmentAddress = "/api/ciphers";
    private const string AttachmentDownload = "/attachments";
    private static readonly TimeSpan s_noHang = TimeSpan.FromSeconds(30);
    private static readonly string[] s_endpoints = [Token, Prelogin, Sync, RevisionDate, AttachmentAddress, AttachmentDownload];
    private static readonly string[] s_pageFragments = ["<", "Sign in", "Attention", "Checking your browser", "upstream", "login.example.com"];

    private static readonly (string Fault, string Code)[] s_faults =
    [
        (nameof(FaultKind.Html), "UnexpectedResponse"),
        (nameof(FaultKind.HtmlForbidden), "UnexpectedResponse"),
        (nameof(FaultKind.TooManyRequests), "RateLimited"),
        (nameof(FaultKind.ServerError), "ServerError"),
        (nameof(FaultKind.ServiceUnavailable), "ServerError"),
        (nameof(FaultKind.TruncatedJson), "UnexpectedResponse"),
        (nameof(FaultKind.BrokenConnection), "ServerUnreachable"),
        (nameof(FaultKind.Hang), "ServerTimeout"),
        (nameof(FaultKind.Unauthorized), "ApiError"),
        (nameof(FaultKind.Redirect), "UnexpectedResponse"),
        (Unreachable, "ServerUnreachable"),
        (UntrustedTls, "TlsFailure"),
    ];

    public static TheoryData<string, string, string> Cases()
    {
        TheoryData<string, string, string> cases = [];
        foreach (string endpoint in s_endpoints)
        {
            foreach ((string fault, string code) in s_faults.Where(row => row.Fault != nameof(FaultKind.Unauthorized) || !NeedsToken(endpoint)))
            {
                cases.Add(endpoint, fault, CodeOf(endpoint, fault) ?? code);
            }
        }

        return cases;
    }

    public static TheoryData<string> Faults() => [.. s_faults.Select(row => row.Fault)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task FaultIsTypedAndHarmless(string endpoint, string fault, string code)
    {
        bool rerouted = fault is Unreachable or UntrustedTls;
        EmbeddedServer server = endpoint == Prelogin ? fixture.OldServer : fixture.Server;
        BitwardenSession session = SessionFor(endpoint, rerouted);
        BitwardenSessionState before = session.State;
        using Breakage breakage = new(fixture, server, endpoint, fault);
        Task call = CallAsync(endpoint, session, fixture.Options(rerouted));
        if (fault == nameof(FaultKind.Hang))
        {
            await breakage.ReachedAsync(call);
            fixture.Time.Advance(TimeSpan.FromSeconds(61));
        }

        if (code.Length == 0)
        {
            await call.WaitAsync(s_noHang);
            return;
        }

        BitwardenException failure = await Assert.ThrowsAnyAsync<BitwardenException>(() => call.WaitAsync(s_noHang));
        Assert.Equal(code, failure.Code);
        Assert.Equal(before, session.State);
        if (failure is ServerException)
        {
            Assert.Contains(server.HttpUrl.Authority, failure.Message);
        }

        AssertNothingLeaked(failure, server);
    }

    [Theory]
    [InlineData(Sync)]
    [InlineData(RevisionDate)]
    public async Task UnauthorizedForAFreshTokenEndsTheSession(string endpoint)
    {
        using BitwardenSession session = await FaultFixture.ConnectAsync(fixture.Server, fixture.Options(rerouted: false));
        using Breakage breakage = new(fixture, fixture.Server, endpoint, nameof(FaultKind.Unauthorized));
        SessionException failure = await Assert.ThrowsAsync<SessionException>(() => session.SyncAsync(force: true).WaitAsync(s_noHang));
        Assert.Equal("SessionExpired", failure.Code);
        Assert.Equal(BitwardenSessionState.Expired, session.State);
        AssertNothingLeaked(failure, fixture.Server);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ConfigFaultNeverFailsAConnect(string fault)
    {
        bool rerouted = fault is Unreachable or UntrustedTls;
        using Breakage breakage = new(fixture, fixture.Server, "/api/config", fault);
        using BitwardenSession session =
            await FaultFixture.ConnectAsync(fixture.Server, fixture.Options(rerouted)).WaitAsync(s_noHang);
        Assert.Equal(BitwardenSessionState.Locked, session.State);
        Assert.Null(session.ServerVersion);
    }

    [Fact]
    public async Task HangEndsAtTheTimeoutOfTheOptions()
    {
        using Breakage breakage = new(fixture, fixture.Server, Token, nameof(FaultKind.Hang));
        ConnectionOptions options = new() { Timeout = TimeSpan.FromMilliseconds(200) };
        ServerException failure = await Assert.ThrowsAsync<ServerException>(
            () => FaultFixture.ConnectAsync(fixture.Server, options).WaitAsync(s_noHang));
        Assert.Equal("ServerTimeout", failure.Code);
        Assert.Contains("0.2 seconds", failure.Message);
    }

    [Fact]
    public async Task PrivateAuthorityIsTrustedWhenItIsGiven()
    {
        ConnectionOptions options = new() { CertificateAuthorities = ConnectionOptions.ReadCertificateAuthorities(fixture.Server.CertificateAuthorityPath) };
        using BitwardenSession session = await FaultFixture.ConnectAsync(fixture.Server, options, fixture.Server.HttpsUrl);
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    [Fact]
    public async Task AuthorityOfAnotherServerIsNotTrusted()
    {
        ConnectionOptions options = new() { CertificateAuthorities = ConnectionOptions.ReadCertificateAuthorities(fixture.OldServer.CertificateAuthorityPath) };
        ServerException failure = await Assert.ThrowsAsync<ServerException>(
            () => FaultFixture.ConnectAsync(fixture.Server, options, fixture.Server.HttpsUrl));
        Assert.Equal("TlsFailure", failure.Code);
    }

    [Fact]
    public async Task SessionStillReadsAfterFaults()
    {
        using DecryptedSecret secret = await fixture.Session.ReadSecretAsync("prod-sql#password");
        Assert.Equal(fixture.Server.Pbkdf2.Passwords["prod-sql"], secret.Value.RevealText());
        using DecryptedSecret file = await fixture.Session.ReadSecretAsync("with attachment#attachment:cert.pfx");
        Assert.Equal(fixture.Server.Pbkdf2.AttachmentContent, file.Value.Span.ToArray());
    }

    /// <summary>Where half an answer is still an answer: a file without its end, and a number without its last digits (no failure).</summary>
    private static string? CodeOf(string endpoint, string fault) => (endpoint, fault) switch
    {
        (AttachmentDownload, nameof(FaultKind.TruncatedJson)) => "DecryptionFailed",
        (RevisionDate, nameof(FaultKind.TruncatedJson)) => string.Empty,
        _ => null,
    };

    private static bool NeedsToken(string endpoint) => endpoint is Sync or RevisionDate or AttachmentAddress;

    private BitwardenSession SessionFor(string endpoint, bool rerouted) => (endpoint, rerouted) switch
    {
        (Prelogin, false) => fixture.Old,
        (Prelogin, true) => fixture.OldRerouted,
        (_, false) => fixture.Session,
        (_, true) => fixture.Rerouted,
    };

    private Task CallAsync(string endpoint, BitwardenSession session, ConnectionOptions options) => endpoint switch
    {
        Token => FaultFixture.ConnectAsync(fixture.Server, options),
        Prelogin => FaultFixture.UnlockAsync(session, fixture.OldServer),
        Sync => session.SyncAsync(force: true),
        RevisionDate => session.SyncAsync(force: false),
        _ => session.ReadSecretAsync("with attachment#attachment:cert.pfx"),
    };

    private static void AssertNothingLeaked(Exception failure, EmbeddedServer server)
    {
        IEnumerable<string> tokens = server.Requests.All.Select(request => request.Headers.GetValueOrDefault("Authorization", "Bearer ")["Bearer ".Length..]);
        string[] secrets = [server.Pbkdf2.ClientSecret, server.Pbkdf2.MasterPassword, .. server.Pbkdf2.Secrets, .. tokens];
        string text = failure.Message + failure;
        Assert.DoesNotContain(secrets, secret => secret.Length > 0 && text.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(s_pageFragments, fragment => failure.Message.Contains(fragment, StringComparison.Ordinal));
    }

    /// <summary>Breaks one path of a server for as long as it lives.</summary>
    private sealed class Breakage : IDisposable
    {
        private readonly FaultFixture _fixture;
        private readonly EmbeddedServer _server;
        private readonly string _path;
        private readonly int _before;

        internal Breakage(FaultFixture fixture, EmbeddedServer server, string path, string fault)
        {
            (_fixture, _server, _path, _before) = (fixture, server, path, server.Requests.Count(path));
            fixture.Route.Path = path;
            fixture.Route.Target = fault == UntrustedTls ? server.HttpsUrl : new Uri($"http://127.0.0.1:{ClosedPort()}");
            if (Enum.TryParse(fault, out FaultKind kind))
            {
                fixture.Route.Path = null;
                server.Faults.Add(new Fault(path, kind));
            }
        }

        internal Task ReachedAsync(Task call) =>
            Poll.UntilAsync($"a request to {_path}", () => _server.Requests.Count(_path) > _before || call.IsCompleted);

        public void Dispose()
        {
            _server.Faults.Clear();
            _fixture.Route.Path = null;
        }

        private static int ClosedPort()
        {
            using TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
