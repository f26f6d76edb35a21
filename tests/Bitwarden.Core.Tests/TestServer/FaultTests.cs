using System.Net;
using System.Text.Json;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class FaultTests : IAsyncLifetime
{
    private EmbeddedServer _server = null!;
    private ServerClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await EmbeddedServer.StartAsync();
        _client = new ServerClient(_server);
        await _client.LoginAsync(_server.Pbkdf2);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(FaultKind.Html, HttpStatusCode.OK, "text/html")]
    [InlineData(FaultKind.HtmlForbidden, HttpStatusCode.Forbidden, "text/html")]
    [InlineData(FaultKind.TooManyRequests, HttpStatusCode.TooManyRequests, "application/json")]
    [InlineData(FaultKind.ServerError, HttpStatusCode.InternalServerError, "application/json")]
    [InlineData(FaultKind.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, "text/plain")]
    [InlineData(FaultKind.Unauthorized, HttpStatusCode.Unauthorized, null)]
    [InlineData(FaultKind.Redirect, HttpStatusCode.Redirect, null)]
    public async Task FaultAnswersInsteadOfTheEndpoint(FaultKind kind, HttpStatusCode status, string? type)
    {
        _server.Faults.Add(new Fault("/api/sync", kind, RetryAfterSeconds: 7));

        Answer answer = await _client.GetAsync("/api/sync");

        Assert.Equal(status, answer.Status);
        Assert.Equal(type, answer.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/api/accounts/profile")).Status);
    }

    [Fact]
    public async Task TooManyRequestsSaysWhenToComeBack()
    {
        _server.Faults.Add(new Fault("/identity/connect/token", FaultKind.TooManyRequests, Times: 1, RetryAfterSeconds: 7));
        Answer answer = await _client.TokenAsync(ServerClient.ApiKeyForm(_server.Pbkdf2));
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
        Assert.StartsWith("Slow down! Too many requests.", answer.Json.GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.OK, (await _client.TokenAsync(ServerClient.ApiKeyForm(_server.Pbkdf2))).Status);
    }

    [Fact]
    public async Task TruncatedAnswerIsACleanResponseWithBrokenJson()
    {
        _server.Faults.Add(new Fault("/api/sync", FaultKind.TruncatedJson));
        Answer answer = await _client.GetAsync("/api/sync");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(answer.ContentHeaders.ContentLength, System.Text.Encoding.UTF8.GetByteCount(answer.Text));
        Assert.ThrowsAny<JsonException>(() => answer.Json);
    }

    [Fact]
    public async Task BrokenConnectionEndsInTheMiddleOfTheBody()
    {
        _server.Faults.Add(new Fault("/api/sync", FaultKind.BrokenConnection));
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync("/api/sync"));
    }

    [Fact]
    public async Task HangEndsWithTheServer()
    {
        _server.Faults.Add(new Fault("/api/sync", FaultKind.Hang));
        Task<Answer> hanging = _client.GetAsync("/api/sync");
        while (_server.Requests.Count("/api/sync") == 0)
        {
            await Task.Delay(10);
        }

        Assert.False(hanging.IsCompleted);
        await _server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
        _server = await EmbeddedServer.StartAsync();
    }

    [Fact]
    public async Task FaultsAreCountedByMethodAndCleared()
    {
        _server.Faults.Add(new Fault("/api/ciphers", FaultKind.ServerError, Times: 2, Method: "DELETE"));
        string path = $"/api/ciphers/{_server.Pbkdf2.Items["token-only"]}";
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await _client.DeleteAsync(path)).Status);
        _server.Faults.Clear();
        Assert.Equal(HttpStatusCode.OK, (await _client.DeleteAsync(path)).Status);
    }

    [Fact]
    public async Task ControlOverHttpDoesWhatTheMethodsDo()
    {
        await _client.PostAsync("/_test/faults", new { pathPrefix = "/api/sync", kind = "HtmlForbidden", times = 1 });
        await _client.PostAsync("/_test/accounts/argon2@example.org/kdf", new { type = 1, iterations = 1, memoryMib = 1, parallelism = 1 });
        string oldSecret = _server.Pbkdf2.ClientSecret;
        Answer rotated = await _client.PostAsync("/_test/accounts/pbkdf2@example.org/rotate");
        Answer added = await _client.PostAsync(
            "/_test/accounts/pbkdf2@example.org/items", new { name = "from http", username = "u", password = "p", folder = "Work" });

        Assert.Equal(HttpStatusCode.Forbidden, (await _client.GetAsync("/api/sync")).Status);
        Assert.Equal(1, _server.Argon2id.Kdf.MemoryMib);
        Assert.NotEqual(oldSecret, rotated.Json.GetProperty("clientSecret").GetString());
        Assert.Equal(_server.Pbkdf2.Items["from http"], added.Json.GetProperty("id").GetGuid());
        Assert.Equal(_server.Pbkdf2.ClientSecret, (await _client.GetAsync("/_test/info")).Json.GetProperty("accounts")[0].GetProperty("clientSecret").GetString());
    }

    [Fact]
    public async Task RequestsAreLoggedWithHeadersAndFormButControlIsNot()
    {
        _server.Requests.Clear();
        await _client.TokenAsync(ServerClient.ApiKeyForm(_server.Pbkdf2));
        await _client.GetAsync("/_test/info");

        LoggedRequest request = Assert.Single(_server.Requests.All);

        Assert.Equal(("POST", "/identity/connect/token"), (request.Method, request.Path));
        Assert.Equal("client_credentials", request.Form["grant_type"]);
        Assert.Equal("2026.8.0", request.Headers["bitwarden-client-version"]);
    }

    [Fact]
    public async Task UnknownPathIsTheOfficial404()
    {
        Answer answer = await _client.GetAsync("/api/no/such/thing");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("error", answer.Json.GetProperty("object").GetString());
    }
}
