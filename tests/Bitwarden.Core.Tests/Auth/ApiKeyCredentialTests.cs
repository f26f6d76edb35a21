using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Auth;

public sealed class ApiKeyCredentialTests
{
    private const string ClientId = "user.0fdff322-665c-42fa-9319-084646d81dc7";

    [Theory]
    [InlineData(ClientId, "secret", "secret")]
    [InlineData("  " + ClientId + "\r\n", "secret\r\n", "secret")]
    [InlineData("\"" + ClientId + "\"", "\"secret\"", "secret")]
    [InlineData("'" + ClientId + "'", "' secret '", "secret")]
    [InlineData("USER.0FDFF322-665C-42FA-9319-084646D81DC7", "secret", "secret")]
    [InlineData(ClientId, "\"secret'", "\"secret'")]
    [InlineData(ClientId, "\"", "\"")]
    [InlineData(ClientId, "+ %&=ü", "+ %&=ü")]
    public void KeyIsAccepted(string clientId, string clientSecret, string expected)
    {
        using SecretBytes secret = SecretBytes.FromCharacters(clientSecret);
        using ApiKeyCredential key = ApiKeyCredential.Create(clientId, secret);
        Assert.Equal(ClientId, key.ClientId);
        Assert.Equal(expected, key.ClientSecret.RevealText());
        Assert.Equal(ClientId, key.ToString());
    }

    [Theory]
    [InlineData("organization.0fdff322-665c-42fa-9319-084646d81dc7", "secret", "OrganizationApiKey")]
    [InlineData("\" Organization.x\"", "secret", "OrganizationApiKey")]
    [InlineData("\"Organization.x\"", "secret", "OrganizationApiKey")]
    [InlineData("", "secret", "InvalidClientId")]
    [InlineData("cli", "secret", "InvalidClientId")]
    [InlineData("user.", "secret", "InvalidClientId")]
    [InlineData("user.0fdff322665c42fa9319084646d81dc7", "secret", "InvalidClientId")]
    [InlineData("user.{0fdff322-665c-42fa-9319-084646d81dc7}", "secret", "InvalidClientId")]
    [InlineData("0fdff322-665c-42fa-9319-084646d81dc7", "secret", "InvalidClientId")]
    [InlineData(ClientId, "", "ClientSecretMissing")]
    [InlineData(ClientId, " \r\n\t", "ClientSecretMissing")]
    [InlineData(ClientId, "\"\"", "ClientSecretMissing")]
    [InlineData(ClientId, "' '", "ClientSecretMissing")]
    public void KeyIsRefused(string clientId, string clientSecret, string code)
    {
        using SecretBytes secret = SecretBytes.FromCharacters(clientSecret);
        Assert.Equal(code, Assert.Throws<InvalidInputException>(() => ApiKeyCredential.Create(clientId, secret)).Code);
    }

    [Fact]
    public void DisposeZeroesTheSecret()
    {
        using SecretBytes secret = SecretBytes.FromCharacters("secret");
        ApiKeyCredential key = ApiKeyCredential.Create(ClientId, secret);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.ClientSecret.Span.Length);
        Assert.Equal("secret", secret.RevealText());
    }
}
