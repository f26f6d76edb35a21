using System.Net;
using System.Text.Json.Nodes;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>
/// A session that rotates its API key while it renews its token. The server refuses the old secret from the moment that it makes the new one.
/// </summary>
public sealed class RotationRaceTests : IDisposable
{
    private const string NewSecret = "new-client-secret";
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(300);
    private readonly ScriptedServer _server = new();
    private readonly TaskCompletionSource _rotating = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _renewing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string _secret = ScriptedServer.ClientSecret;
    private int _refusals;

    [Fact]
    public async Task RenewalBesideARotationUsesTheNewSecret()
    {
        using BitwardenSession session = await PrepareAsync();
        _server.Routes["accounts/rotate-api-key"] = async (_, cancellationToken) =>
        {
            _secret = NewSecret;
            _rotating.SetResult();
            await Task.Delay(s_soon, cancellationToken);
            return ScriptedServer.Json(new JsonObject { ["apiKey"] = NewSecret });
        };
        Task<ApiKeyDetails> rotation = RotateAsync(session);
        await _rotating.Task;
        await ReadFileAsync(session);
        Assert.Equal(NewSecret, (await rotation).ClientSecret.RevealText());
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task RotationWaitsForARenewalThatIsInFlight()
    {
        using BitwardenSession session = await PrepareAsync();
        _server.Routes["accounts/rotate-api-key"] = (_, _) =>
        {
            _secret = NewSecret;
            _rotating.SetResult();
            return Task.FromResult(ScriptedServer.Json(new JsonObject { ["apiKey"] = NewSecret }));
        };
        Task reading = ReadFileAsync(session);
        await _renewing.Task;
        await RotateAsync(session);
        await reading;
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task RotationWhoseTokenIsRefusedRenewsItAndGoesOn()
    {
        using BitwardenSession session = await PrepareAsync();
        _refusals = 0;
        int asked = 0;
        _server.Routes["accounts/rotate-api-key"] = (_, _) => Task.FromResult(
            Interlocked.Increment(ref asked) == 1 ? ScriptedServer.Text(HttpStatusCode.Unauthorized, "{}", "application/json")
            : ScriptedServer.Json(new JsonObject { ["apiKey"] = NewSecret }));
        ApiKeyDetails details = await RotateAsync(session).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(NewSecret, details.ClientSecret.RevealText());
    }

    public void Dispose() => _server.Dispose();

    // A session with a file whose first request is refused, so that reading it renews the token; and a token endpoint that takes its time.
    private async Task<BitwardenSession> PrepareAsync()
    {
        JsonObject cipher = _server.Vault.Add("with file");
        cipher["attachments"] = new JsonArray(new JsonObject { ["id"] = "file-id", ["fileName"] = _server.Vault.Seal("cert.pfx") });
        BitwardenSession session = await _server.ConnectUnlockedAsync();
        _refusals = 1;
        _server.Routes[$"ciphers/{cipher["id"]}/attachment/file-id"] = (_, _) => Task.FromResult(Interlocked.Decrement(ref _refusals) >= 0
            ? ScriptedServer.Text(HttpStatusCode.Unauthorized, "{}", "application/json")
            : ScriptedServer.Json(new JsonObject { ["id"] = "file-id", ["url"] = "https://blobs.example.org/file" }));
        byte[] content = _server.Vault.UserKey.Encrypt(new byte[10]).ToBuffer();
        _server.Routes["file"] = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) });
        Func<ScriptedRequest, CancellationToken, Task<HttpResponseMessage>> works = _server.Routes["connect/token"];
        _server.Routes["connect/token"] = async (request, cancellationToken) =>
        {
            _renewing.TrySetResult();
            await Task.WhenAny(_rotating.Task, Task.Delay(s_soon, cancellationToken));
            return QueryHelpers.ParseQuery(request.Body)["client_secret"] == _secret
                ? await works(request, cancellationToken)
                : ScriptedServer.Text(HttpStatusCode.BadRequest, "{\"error\":\"invalid_client\"}", "application/json");
        };
        return session;
    }

    private static async Task ReadFileAsync(BitwardenSession session)
    {
        using Core.Vault.DecryptedSecret file = await session.ReadSecretAsync("with file#attachment:cert.pfx");
        Assert.Equal(10, file.Value.Length);
    }

    private static async Task<ApiKeyDetails> RotateAsync(BitwardenSession session)
    {
        using SecretBytes password = SecretBytes.FromCharacters(ScriptedVault.Password);
        return await session.GetApiKeyAsync(rotate: true, password);
    }
}
