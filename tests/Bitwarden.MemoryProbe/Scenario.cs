using System.Security;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;

namespace Bitwarden.MemoryProbe;

/// <summary>What a user does with an account, with a pause wherever nothing secret should be left.</summary>
internal sealed class Scenario(Uri http, Uri https, string authority, Pipes pipes)
{
    private static readonly string[] s_references = ["prod-sql", "org-sql", "own key", "with attachment#attachment:cert.pfx"];
    private BitwardenSession? _session;
    private BitwardenSession? _other;

    internal async Task RunAsync()
    {
        await UseApiKeyAsync();
        _session!.Lock();
        _other!.Lock();
        pipes.Pause();

        Disconnect();
        pipes.Pause();

        await UsePasswordAsync();
        Disconnect();
        pipes.Pause();

        await UseKeyConnectorAsync();
        Disconnect();
        pipes.Pause();
    }

    private ServerEnvironment Server => ServerEnvironment.Resolve(http.ToString());

    private void Disconnect()
    {
        _session?.Dispose();
        _other?.Dispose();
        (_session, _other) = (null, null);
    }

    private async Task UseApiKeyAsync()
    {
        string clientId = pipes.ReadText();
        using SecretBytes clientSecret = pipes.ReadSecret();
        using SecretBytes password = pipes.ReadSecret();
        _session = await ConnectAsync(Server, clientId, clientSecret, new ConnectionOptions());
        await _session.UnlockAsync(password);
        await ReadAsync(_session);
        using SecretBytes exported = await _session.ExportAsync(withUserKey: true);
        pipes.Write(exported);
        ServerApiKey key = new(Key(clientId, clientSecret), Server);
        _other = await BitwardenSession.ImportAsync(exported, key, new ConnectionOptions(), new SessionOptions());
        await ReadAsync(_other);
    }

    private async Task UsePasswordAsync()
    {
        string email = pipes.ReadText();
        string code = pipes.ReadText();
        using SecretBytes password = pipes.ReadSecret();
        _session = await LoginAsync(email, code, password, []);
        _other = await LoginAsync(email, code, password, [_session]);
        await ShowAsync(_session, rotate: false, password);
        await ShowAsync(_session, rotate: true, password);
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        await _session.SyncAsync(force: true);
        using SecretBytes exported = await _session.ExportAsync(withUserKey: true);
        using BitwardenSession imported = await BitwardenSession.ImportAsync(exported, null, new ConnectionOptions(), new SessionOptions());
        await imported.SyncAsync(force: true);
        await ReadAsync(imported);
    }

    private async Task UseKeyConnectorAsync()
    {
        string clientId = pipes.ReadText();
        string connector = pipes.ReadText();
        using SecretBytes clientSecret = pipes.ReadSecret();
        ConnectionOptions options = new() { CertificateAuthorities = ConnectionOptions.ReadCertificateAuthorities(authority) };
        _session = await ConnectAsync(ServerEnvironment.Resolve(https.ToString()), clientId, clientSecret, options);
        await _session.UnlockWithKeyConnectorAsync(new Uri(connector));
        await TakeAsync(_session, "small-sql");
    }

    private static Task<BitwardenSession> ConnectAsync(ServerEnvironment server, string clientId, SecretBytes clientSecret, ConnectionOptions options) =>
        BitwardenSession.ConnectAsync(Key(clientId, clientSecret), server, options, new SessionOptions());

    private static ApiKeyCredential Key(string clientId, SecretBytes clientSecret) => ApiKeyCredential.Create(clientId, clientSecret);

    private async Task<BitwardenSession> LoginAsync(string email, string code, SecretBytes password, BitwardenSession[] remembered)
    {
        using PasswordLogin login = await PasswordLogin.BeginAsync(email, password, Server, new ConnectionOptions());
        login.UseRememberedDevice(remembered);
        try
        {
            return await login.SubmitAsync(new SessionOptions());
        }
        catch (TwoFactorRequiredException)
        {
            login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.Authenticator, code, Remember: true);
            return await login.SubmitAsync(new SessionOptions());
        }
    }

    private static async Task ShowAsync(BitwardenSession session, bool rotate, SecretBytes password)
    {
        ApiKeyDetails details = await session.GetApiKeyAsync(rotate, password);
        using SecureString shown = details.ClientSecret.ToSecureString();
    }

    private static async Task ReadAsync(BitwardenSession session)
    {
        foreach (string reference in s_references)
        {
            await TakeAsync(session, reference);
        }
    }

    private static async Task TakeAsync(BitwardenSession session, string reference)
    {
        using DecryptedSecret secret = await session.ReadSecretAsync(reference);
        if (!secret.IsFile)
        {
            using SecureString handed = secret.Value.ToSecureString();
        }
    }
}
