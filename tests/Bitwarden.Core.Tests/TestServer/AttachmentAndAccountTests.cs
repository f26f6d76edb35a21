using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class AttachmentAndAccountTests() : ServerTests(logIn: true)
{
    [Fact]
    public async Task AttachmentLinkWorksWithoutABearerOnly()
    {
        string url = (await LinkAsync()).GetProperty("url").GetString()!;

        Assert.Equal(HttpStatusCode.BadRequest, (await Client.GetAsync(url)).Status);
        Client.ForgetToken();
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync(url)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync(url + "0")).Status);
    }

    [Fact]
    public async Task AttachmentDecryptsToWhatWasSeeded()
    {
        JsonElement link = await LinkAsync();
        using HttpClient bare = new();
        byte[] file = await bare.GetByteArrayAsync(link.GetProperty("url").GetString());

        Assert.Equal(JsonValueKind.String, link.GetProperty("size").ValueKind);
        Assert.Equal("cert.pfx", Server.Pbkdf2.UserKey.DecryptText(EncString.Parse(link.GetProperty("fileName").GetString()!)));
        using SymmetricKey key = Server.Pbkdf2.UserKey.UnwrapKey(EncString.Parse(link.GetProperty("key").GetString()!));
        using SecretBytes content = key.Decrypt(EncString.ParseBuffer(file));
        Assert.Equal(Server.Pbkdf2.AttachmentContent, content.Span.ToArray());
        Assert.Equal(3000, content.Length);
    }

    [Theory]
    [InlineData("/api/accounts/api-key", "", "User verification failed.")]
    [InlineData("/api/accounts/rotate-api-key", "", "User verification failed.")]
    [InlineData("/api/accounts/verify-password", "MasterPasswordHash", "Invalid password.")]
    public async Task WrongPasswordHashIsAModelError(string path, string member, string message)
    {
        Answer answer = await Client.PostAsync(path, new { masterPasswordHash = "d3Jvbmc=" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(message, answer.Json.GetProperty("validationErrors").GetProperty(member)[0].GetString());
    }

    [Fact]
    public async Task ApiKeyIsShownForThePasswordHash()
    {
        Answer answer = await Client.PostAsync("/api/accounts/api-key", new { masterPasswordHash = Server.Pbkdf2.MasterPasswordHash });
        Assert.Equal(Server.Pbkdf2.ClientSecret, answer.Json.GetProperty("apiKey").GetString());
    }

    [Fact]
    public async Task BrokenItemFailsItsMac()
    {
        Guid id = Server.AddBrokenItem(Server.Pbkdf2);
        string password = (await Client.GetAsync($"/api/ciphers/{id}")).Json.GetProperty("login").GetProperty("password").GetString()!;
        Assert.ThrowsAny<Exception>(() => Server.Pbkdf2.UserKey.DecryptText(EncString.Parse(password)));
    }

    [Fact]
    public async Task OrganizationKeyOpensWithTheAccountsPrivateKey()
    {
        JsonElement profile = (await Client.GetAsync("/api/accounts/profile")).Json;
        using SecretBytes pkcs8 = Server.Pbkdf2.UserKey.Decrypt(EncString.Parse(profile.GetProperty("privateKey").GetString()!));
        using RsaKeyPair keyPair = RsaKeyPair.FromPkcs8(pkcs8.Span);
        using SymmetricKey key = keyPair.UnwrapKey(EncString.Parse(profile.GetProperty("organizations")[0].GetProperty("key").GetString()!));

        JsonElement item = (await Client.GetAsync($"/api/ciphers/{Server.Pbkdf2.Items["org-hidden"]}/details")).Json;

        Assert.Equal("org_hidden_user", key.DecryptText(EncString.Parse(item.GetProperty("login").GetProperty("username").GetString()!)));
        Assert.False(item.GetProperty("viewPassword").GetBoolean());
    }

    [Fact]
    public async Task HttpsIsTrustedThroughTheAuthorityFile()
    {
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Server.CertificateAuthorityPath));
        using SocketsHttpHandler handler = new();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        using HttpClient client = new(handler);
        Assert.Contains("2026", await client.GetStringAsync(new Uri(Server.HttpsUrl, "/api/config")));
        Assert.Contains("2026", await client.GetStringAsync($"https://127.0.0.1:{Server.HttpsUrl.Port}/api/config"));
    }

    [Fact]
    public async Task ServersOfOneProcessAreStrangers()
    {
        await using EmbeddedServer other = await EmbeddedServer.StartAsync();
        using ServerClient client = new(other);
        Assert.Equal("""{"error":"invalid_client"}""", (await client.TokenAsync(ServerClient.ApiKeyForm(Server.Pbkdf2))).Text);
    }

    private async Task<JsonElement> LinkAsync()
    {
        Guid id = Server.Pbkdf2.Items["with attachment"];
        JsonElement attachments = (await Client.GetAsync($"/api/ciphers/{id}")).Json.GetProperty("attachments");
        return (await Client.GetAsync($"/api/ciphers/{id}/attachment/{attachments[0].GetProperty("id").GetString()}")).Json;
    }
}
