using System.Net;
using System.Text.Json;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class FaultTests() : ServerTests(logIn: true)
{
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
        Server.Faults.Add(new Fault("/api/sync", kind, RetryAfterSeconds: 7));

        Answer answer = await Client.GetAsync("/api/sync");

        Assert.Equal(status, answer.Status);
        Assert.Equal(type, answer.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("/api/accounts/profile")).Status);
    }

    [Fact]
    public async Task TooManyRequestsSaysWhenToComeBack()
    {
        Server.Faults.Add(new Fault("/identity/connect/token", FaultKind.TooManyRequests, Times: 1, RetryAfterSeconds: 7));
        Answer answer = await Client.TokenAsync(ServerClient.ApiKeyForm(Server.Pbkdf2));
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
        Assert.StartsWith("Slow down! Too many requests.", answer.Json.GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(ServerClient.ApiKeyForm(Server.Pbkdf2))).Status);
    }

    [Fact]
    public async Task TruncatedAnswerIsACleanResponseWithBrokenJson()
    {
        Server.Faults.Add(new Fault("/api/sync", FaultKind.TruncatedJson));
        Answer answer = await Client.GetAsync("/api/sync");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(answer.ContentHeaders.ContentLength, System.Text.Encoding.UTF8.GetByteCount(answer.Text));
        Assert.ThrowsAny<JsonException>(() => answer.Json);
    }

    [Fact]
    public async Task BrokenConnectionEndsInTheMiddleOfTheBody()
    {
        Server.Faults.Add(new Fault("/api/sync", FaultKind.BrokenConnection));
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.GetAsync("/api/sync"));
    }

    [Fact]
    public async Task HangEndsWithTheServer()
    {
        Server.Faults.Add(new Fault("/api/sync", FaultKind.Hang));
        Task<Answer> hanging = Client.GetAsync("/api/sync");
        await Poll.UntilAsync("a request", () => Server.Requests.Count("/api/sync") > 0);

        Assert.False(hanging.IsCompleted);
        await Server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task FaultsAreCountedByMethodAndCleared()
    {
        Server.Faults.Add(new Fault("/api/ciphers", FaultKind.ServerError, Times: 2, Method: "DELETE"));
        string path = $"/api/ciphers/{Server.Pbkdf2.Items["token-only"]}";
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await Client.DeleteAsync(path)).Status);
        Server.Faults.Clear();
        Assert.Equal(HttpStatusCode.OK, (await Client.DeleteAsync(path)).Status);
    }

    [Fact]
    public async Task ControlOverHttpDoesWhatTheMethodsDo()
    {
        await Client.PostAsync("/_test/faults", new { pathPrefix = "/api/sync", kind = "HtmlForbidden", times = 1 });
        await Client.PostAsync("/_test/accounts/argon2@example.org/kdf", new { type = 1, iterations = 1, memoryMib = 1, parallelism = 1 });
        string oldSecret = Server.Pbkdf2.ClientSecret;
        Answer rotated = await Client.PostAsync("/_test/accounts/pbkdf2@example.org/rotate");
        Answer added = await Client.PostAsync(
            "/_test/accounts/pbkdf2@example.org/items", new { name = "from http", username = "u", password = "p", folder = "Work" });

        Assert.Equal(HttpStatusCode.Forbidden, (await Client.GetAsync("/api/sync")).Status);
        Assert.Equal(1, Server.Argon2id.Kdf.MemoryMib);
        Assert.NotEqual(oldSecret, rotated.Json.GetProperty("clientSecret").GetString());
        Assert.Equal(Server.Pbkdf2.Items["from http"], added.Json.GetProperty("id").GetGuid());
        Answer info = await Client.GetAsync("/_test/info");
        Assert.Equal(Server.Pbkdf2.ClientSecret, info.Json.GetProperty("accounts")[0].GetProperty("clientSecret").GetString());
    }

    [Fact]
    public async Task RequestsAreLoggedWithHeadersAndFormButControlIsNot()
    {
        Server.Requests.Clear();
        await Client.TokenAsync(ServerClient.ApiKeyForm(Server.Pbkdf2));
        await Client.GetAsync("/_test/info");

        LoggedRequest request = Assert.Single(Server.Requests.All);

        Assert.Equal(("POST", "/identity/connect/token"), (request.Method, request.Path));
        Assert.Equal("client_credentials", request.Form["grant_type"]);
        Assert.Equal("2026.8.0", request.Headers["bitwarden-client-version"]);
    }

    [Fact]
    public async Task UnknownPathIsTheOfficial404()
    {
        Answer answer = await Client.GetAsync("/api/no/such/thing");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("error", answer.Json.GetProperty("object").GetString());
    }
}
