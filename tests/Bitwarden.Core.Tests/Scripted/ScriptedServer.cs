using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;

namespace Bitwarden.Core.Tests.Scripted;

/// <summary>Answers in place of a network. Each route can be replaced; every request is kept.</summary>
internal sealed class ScriptedServer : HttpMessageHandler
{
    internal const string ClientSecret = "s3cret+ %&=ü";
    internal static readonly Guid UserId = new("0fdff322-665c-42fa-9319-084646d81dc7");
    private int _tokens;

    internal ScriptedServer()
    {
        Token = new JsonObject { ["expires_in"] = 3600, ["token_type"] = "Bearer", ["scope"] = "api" };
        SetTokenUnlock(ScriptedVault.QuickKdf, Vault.Wrap(ScriptedVault.Password, ScriptedVault.QuickKdf));
        Routes["connect/token"] = (_, _) => Task.FromResult(Json(NextToken()));
        Routes["accounts/prelogin"] = (_, _) => Task.FromResult(Json(Prelogin));
        Routes["config"] = (_, _) => Task.FromResult(Json(new JsonObject { ["version"] = "2026.8.0" }));
        Routes["sync"] = (_, _) => Task.FromResult(Json(Vault.Sync));
        Routes["accounts/revision-date"] = (_, _) => Task.FromResult(Json(Revision));
    }

    internal ScriptedVault Vault { get; } = new();

    internal JsonObject Token { get; set; }

    internal JsonObject Prelogin { get; set; } = new() { ["kdf"] = 0, ["kdfIterations"] = 5_000 };

    internal JsonNode? Revision { get; set; } = JsonValue.Create(1_700_000_000_000);

    internal Dictionary<string, Func<ScriptedRequest, CancellationToken, Task<HttpResponseMessage>>> Routes { get; } = [];

    internal ConcurrentQueue<ScriptedRequest> Requests { get; } = [];

    /// <summary>By a name of its own, because what the process remembers of an account is told apart by it; the addresses are the same for all.</summary>
    internal ServerEnvironment Environment { get; } = ServerEnvironment.Resolve(
        $"https://{Guid.NewGuid():N}.example.org", new Uri("https://vault.example.org/identity/"), new Uri("https://vault.example.org/api/"));

    internal int Count(string path) => Requests.Count(request => request.Path == path);

    internal void SetTokenUnlock(KdfSettings kdf, string wrappedUserKey)
    {
        Token["Key"] = wrappedUserKey;
        Token["Kdf"] = (int)kdf.Type;
        Token["KdfIterations"] = kdf.Iterations;
        Token["KdfMemory"] = kdf.MemoryMib;
        Token["KdfParallelism"] = kdf.Parallelism;
        Token["UserDecryptionOptions"] = new JsonObject
        {
            ["HasMasterPassword"] = true, ["MasterPasswordUnlock"] = ScriptedVault.Unlock(kdf, wrappedUserKey),
        };
    }

    /// <summary>Leaves nothing but the token in the token answer, as some compatible servers do.</summary>
    internal void MakeTokenMinimal() => Token = new JsonObject { ["expires_in"] = 3600, ["token_type"] = "Bearer" };

    internal void Answer(string path, HttpStatusCode status, string body = "", string type = "application/json") =>
        Routes[path] = (_, _) => Task.FromResult(Text(status, body, type));

    internal static HttpResponseMessage Json(JsonNode? body) => Text(HttpStatusCode.OK, body?.ToJsonString() ?? "null", "application/json");

    internal static HttpResponseMessage Text(HttpStatusCode status, string body, string type) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, type) };

    internal Task<BitwardenSession> ConnectAsync(
        TimeProvider? time = null,
        SessionOptions? session = null,
        string secret = ClientSecret,
        string? device = null,
        CancellationToken cancellation = default) =>
        ConnectAsync(Environment, time, session, secret, device, cancellation);

    internal async Task<BitwardenSession> ConnectAsync(
        ServerEnvironment server, TimeProvider? time, SessionOptions? session, string secret, string? device, CancellationToken cancellation)
    {
        using SecretBytes given = SecretBytes.FromCharacters(secret);
        ConnectionOptions options = new() { MessageHandler = this, TimeProvider = time ?? new ManualTimeProvider(), DeviceIdentifier = device };
        return await BitwardenSession.ConnectAsync(
            ApiKeyCredential.Create($"user.{UserId}", given), server, options, session ?? new SessionOptions(), cancellation);
    }

    internal async Task<BitwardenSession> ConnectUnlockedAsync(TimeProvider? time = null, SessionOptions? session = null)
    {
        BitwardenSession connected = await ConnectAsync(time, session);
        await UnlockAsync(connected);
        return connected;
    }

    internal static async Task UnlockAsync(BitwardenSession session, string password = ScriptedVault.Password, CancellationToken cancellation = default)
    {
        using SecretBytes given = SecretBytes.FromCharacters(password);
        await session.UnlockAsync(given, cancellation);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []);
        ScriptedRequest seen = new(
            request.Method, request.RequestUri!, headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value)), body);
        Requests.Enqueue(seen);
        await Task.Yield();
        return Routes.TryGetValue(seen.Path, out Func<ScriptedRequest, CancellationToken, Task<HttpResponseMessage>>? route)
            ? await route(seen, cancellationToken)
            : Text(HttpStatusCode.NotFound, "{}", "application/json");
    }

    private JsonObject NextToken()
    {
        JsonObject answer = Token.DeepClone().AsObject();
        answer["access_token"] ??= Jwt(Interlocked.Increment(ref _tokens));
        return answer;
    }

    private static string Jwt(int number)
    {
        string claims = $"{{\"sub\":\"{UserId}\",\"email\":\"{ScriptedVault.Email}\",\"jti\":{number}}}";
        return $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=')}.token-{number}";
    }
}
