using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Bitwarden.TestServer;

namespace Bitwarden.Core.Tests.TestServer;

/// <summary>A bare HTTP client that says exactly what a test tells it to.</summary>
internal sealed class ServerClient : IDisposable
{
    private readonly HttpClient _http;

    internal ServerClient(EmbeddedServer server, string? version = "2026.8.0")
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.HttpUrl };
        if (version is not null)
        {
            _http.DefaultRequestHeaders.Add("Bitwarden-Client-Version", version);
        }
    }

    internal static Dictionary<string, string> ApiKeyForm(TestAccount account) => new()
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = account.ClientId,
        ["client_secret"] = account.ClientSecret,
        ["scope"] = "api",
        ["deviceType"] = "25",
        ["deviceIdentifier"] = "5b1a4f4e-1111-4222-8333-444455556666",
        ["deviceName"] = "linux",
    };

    internal static Dictionary<string, string> PasswordForm(TestAccount account) => new()
    {
        ["grant_type"] = "password",
        ["client_id"] = "cli",
        ["username"] = account.Email,
        ["password"] = account.MasterPasswordHash,
        ["scope"] = "api offline_access",
        ["deviceType"] = "LinuxCLI",
        ["deviceIdentifier"] = "5b1a4f4e-1111-4222-8333-444455556666",
        ["deviceName"] = "linux",
    };

    internal static Dictionary<string, string> RefreshForm(string refreshToken) => new()
    {
        ["grant_type"] = "refresh_token",
        ["client_id"] = "cli",
        ["refresh_token"] = refreshToken,
    };

    internal async Task<Answer> TokenAsync(Dictionary<string, string> form, string? authEmail = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/identity/connect/token") { Content = new FormUrlEncodedContent(form) };
        if (authEmail is not null)
        {
            request.Headers.Add("Auth-Email", authEmail);
        }

        return await Answer.OfAsync(await _http.SendAsync(request));
    }

    /// <summary>Asks with the API key and uses the token from here on.</summary>
    internal async Task LoginAsync(TestAccount account)
    {
        Answer answer = await TokenAsync(ApiKeyForm(account));
        UseToken(answer.Json.GetProperty("access_token").GetString());
    }

    internal void UseToken(string? token) => _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    internal void ForgetToken() => _http.DefaultRequestHeaders.Authorization = null;

    internal async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using HttpRequestMessage request = new(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Default);
        return await Answer.OfAsync(await _http.SendAsync(request));
    }

    internal Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    internal Task<Answer> PutAsync(string path, object? body = null) => SendAsync(HttpMethod.Put, path, body);

    internal Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    internal Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public void Dispose() => _http.Dispose();
}
