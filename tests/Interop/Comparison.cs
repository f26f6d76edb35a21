using System.Runtime.CompilerServices;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.TestServer;

namespace Bitwarden.Interop.Tests;

/// <summary>One server, our engine on it, and a folder for profiles of the official client.</summary>
internal sealed class Comparison : IAsyncDisposable
{
    private readonly DirectoryInfo _profiles = Directory.CreateTempSubdirectory("bw-interop-");
    private readonly OfficialClientInstallation _installation;
    private readonly List<BitwardenSession> _sessions = [];

    private Comparison(OfficialClientInstallation installation, EmbeddedServer server)
    {
        _installation = installation;
        Server = server;
    }

    internal EmbeddedServer Server { get; }

    private ServerEnvironment Environment => ServerEnvironment.Resolve(Server.HttpsUrl.OriginalString);

    private ConnectionOptions Connection =>
        new() { CertificateAuthorities = ConnectionOptions.ReadCertificateAuthorities(Server.CertificateAuthorityPath) };

    internal static async Task<Comparison> StartAsync(OfficialClientInstallation installation, EmbeddedServerOptions? options = null) =>
        new(installation, await EmbeddedServer.StartAsync(options));

    internal Task<OfficialClient> CreateOfficialClientAsync() => OfficialClient.CreateAsync(_installation, Server, _profiles);

    /// <summary>Logs our engine in with the API key and opens the vault.</summary>
    internal async Task<BitwardenSession> OpenSessionAsync(TestAccount account)
    {
        using SecretBytes secret = SecretBytes.FromCharacters(account.ClientSecret);
        BitwardenSession session = await BitwardenSession.ConnectAsync(
            ApiKeyCredential.Create(account.ClientId, secret), Environment, Connection, new SessionOptions());
        _sessions.Add(session);
        using SecretBytes password = SecretBytes.FromCharacters(account.MasterPassword);
        await session.UnlockAsync(password);
        return session;
    }

    /// <summary>Logs our engine in with the master password and a code.</summary>
    internal async Task<BitwardenSession> OpenSessionAsync(TestAccount account, string code)
    {
        using SecretBytes password = SecretBytes.FromCharacters(account.MasterPassword);
        using PasswordLogin login = await PasswordLogin.BeginAsync(account.Email, password, Environment, Connection);
        login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.Authenticator, code, Remember: false);
        BitwardenSession session = await login.SubmitAsync(new SessionOptions());
        _sessions.Add(session);
        return session;
    }

    /// <summary>A path for a file that goes away with the comparison.</summary>
    internal string TemporaryFile([CallerMemberName] string name = "") => Path.Combine(_profiles.FullName, name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _sessions.ForEach(session => session.Dispose());
        await Server.DisposeAsync();
        _profiles.Delete(recursive: true);
    }
}
