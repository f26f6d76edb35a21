using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
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
        Assert.Equal(answer.ContentHeaders.ContentLength, Encoding.UTF8.GetByteCount(answer.Text));
        Assert.ThrowsAny<JsonException>(() => answer.Json);
    }

    [Fact]
    public async Task BrokenConnectionEndsInTheMiddleOfTheBody()
    {
        Server.Faults.Add(new Fault("/api/sync", FaultKind.BrokenConnection));
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.GetAsync("/api/sync"));
    }

    [Fact]
    public async Task ALostRequestTakesNoEffectAndALostAnswerDoes()
    {
        // With a body: requests without one are repeated by HttpClient when the connection ends before the first byte of an answer.
        object folder = new { name = Server.Pbkdf2.Vault.Folders[0].Name };
        int before = Server.Pbkdf2.Vault.Folders.Count;
        Server.Faults.Add(new Fault("/api/folders", FaultKind.RequestLost, Times: 1, Method: "POST"));
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.PostAsync("/api/folders", folder));
        Assert.Equal(before, Server.Pbkdf2.Vault.Folders.Count);

        Server.Faults.Add(new Fault("/api/folders", FaultKind.AnswerCut, Times: 1, Method: "POST"));
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.PostAsync("/api/folders", folder));
        Assert.Equal(before + 1, Server.Pbkdf2.Vault.Folders.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnAnswerIsCutAtAnyByte(bool isSecure)
    {
        string path = $"/api/ciphers/{Server.Pbkdf2.Items["prod-sql"]}";
        string token = (await Client.TokenAsync(ServerClient.ApiKeyForm(Server.Pbkdf2))).Json.GetProperty("access_token").GetString()!;
        string whole = await ReadRawAsync(isSecure, path, token);
        Assert.StartsWith("HTTP/1.1 200 OK", whole, StringComparison.Ordinal);
        foreach (int bytes in new[] { 0, 1, 40, whole.Length / 2, whole.Length + 100 })
        {
            Server.Faults.Add(new Fault(path, FaultKind.AnswerCut, Times: 1, Bytes: bytes));
            string cut = await ReadRawAsync(isSecure, path, token);
            Assert.True(bytes > whole.Length ? cut.EndsWith('}') : cut.Length == bytes, $"{bytes} bytes were asked for, {cut.Length} came.");
        }
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

    private async Task<string> ReadRawAsync(bool isSecure, string path, string token)
    {
        Uri server = isSecure ? Server.HttpsUrl : Server.HttpUrl;
        using TcpClient connection = new();
        await connection.ConnectAsync(server.Host, server.Port);
        await using Stream stream = isSecure ? await SecureAsync(connection.GetStream(), server.Host) : connection.GetStream();
        string request = $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using StreamReader reader = new(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }

    private async Task<SslStream> SecureAsync(Stream stream, string host)
    {
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(Server.CertificateAuthorityPath);
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        SslStream secure = new(stream);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = policy });
        return secure;
    }

    [Fact]
    public async Task UnknownPathIsTheOfficial404()
    {
        Answer answer = await Client.GetAsync("/api/no/such/thing");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("error", answer.Json.GetProperty("object").GetString());
    }
}
