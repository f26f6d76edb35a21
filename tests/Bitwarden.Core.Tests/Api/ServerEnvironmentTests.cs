using Bitwarden.Core.Api;
using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Api;

public sealed class ServerEnvironmentTests
{
    private const string UsIdentity = "https://identity.bitwarden.com/";
    private const string UsApi = "https://api.bitwarden.com/";
    private const string EuIdentity = "https://identity.bitwarden.eu/";
    private const string EuApi = "https://api.bitwarden.eu/";

    [Theory]
    [InlineData(null, "US", UsIdentity, UsApi)]
    [InlineData("us", "US", UsIdentity, UsApi)]
    [InlineData("https://vault.bitwarden.com", "US", UsIdentity, UsApi)]
    [InlineData("https://bitwarden.com/", "US", UsIdentity, UsApi)]
    [InlineData(" EU ", "EU", EuIdentity, EuApi)]
    [InlineData("vault.bitwarden.eu", "EU", EuIdentity, EuApi)]
    [InlineData("https://VAULT.bitwarden.EU/", "EU", EuIdentity, EuApi)]
    [InlineData("vault.example.org", "https://vault.example.org", "https://vault.example.org/identity/", "https://vault.example.org/api/")]
    [InlineData("https://Vault.Example.org/", "https://vault.example.org", "https://vault.example.org/identity/", "https://vault.example.org/api/")]
    [InlineData("https://example.org:8443/bw", "https://example.org:8443/bw", "https://example.org:8443/bw/identity/", "https://example.org:8443/bw/api/")]
    [InlineData("https://example.org/bw/", "https://example.org/bw", "https://example.org/bw/identity/", "https://example.org/bw/api/")]
    [InlineData("http://localhost:8080", "http://localhost:8080", "http://localhost:8080/identity/", "http://localhost:8080/api/")]
    [InlineData("http://127.0.0.2", "http://127.0.0.2", "http://127.0.0.2/identity/", "http://127.0.0.2/api/")]
    [InlineData("http://[::1]:81", "http://[::1]:81", "http://[::1]:81/identity/", "http://[::1]:81/api/")]
    public void ServerResolves(string? given, string name, string identity, string api)
    {
        ServerEnvironment server = ServerEnvironment.Resolve(given);
        Assert.Equal((name, identity, api), (server.Name, server.Identity.AbsoluteUri, server.Api.AbsoluteUri));
        Assert.True(server.IsNamedBy(given ?? "US"));
    }

    [Theory]
    [InlineData("http://vault.example.org")]
    [InlineData("http://vault.bitwarden.com")]
    [InlineData("http://localhost.example.org")]
    [InlineData("http://127.0.0.1.example.org")]
    [InlineData("http://10.0.0.1")]
    [InlineData("ftp://vault.example.org")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user@vault.example.org")]
    [InlineData("https://user:hunter2@vault.example.org")]
    [InlineData("https://user:hunter2@vault example.org")]
    [InlineData("https://vault.example.org/?a=hunter2")]
    [InlineData("https://vault.example.org/#hunter2")]
    [InlineData("https://")]
    [InlineData("not a server")]
    [InlineData("")]
    [InlineData(" \t\n ")]
    [InlineData("$(BW_SERVER)")]
    public void ServerIsRefused(string given)
    {
        InvalidInputException failure = Assert.Throws<InvalidInputException>(() => ServerEnvironment.Resolve(given));
        Assert.Equal("InvalidServer", failure.Code);
        Assert.DoesNotContain("hunter2", failure.Message);
    }

    [Fact]
    public void IdentityAndApiCanBeElsewhere()
    {
        ServerEnvironment server = ServerEnvironment.Resolve(
            "https://vault.example.org", new Uri("https://id.example.org"), new Uri("https://api.example.org/v1"));
        Assert.Equal("https://vault.example.org", server.Name);
        Assert.Equal("https://id.example.org/", server.Identity.AbsoluteUri);
        Assert.Equal("https://api.example.org/v1/", server.Api.AbsoluteUri);
    }

    [Fact]
    public void OneAddressCanBeElsewhere()
    {
        ServerEnvironment server = ServerEnvironment.Resolve("https://vault.example.org", identityUrl: null, new Uri("http://localhost:4000"));
        Assert.Equal("https://vault.example.org/identity/", server.Identity.AbsoluteUri);
        Assert.Equal("http://localhost:4000/", server.Api.AbsoluteUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("US")]
    [InlineData("EU")]
    public void TheOtherAddressIsNeverTheVendors(string? server)
    {
        Uri own = new("https://own.example.org");
        Assert.Equal("InvalidServer", Assert.Throws<InvalidInputException>(() => ServerEnvironment.Resolve(server, identityUrl: null, own)).Code);
        Assert.Equal("InvalidServer", Assert.Throws<InvalidInputException>(() => ServerEnvironment.Resolve(server, own, apiUrl: null)).Code);
    }

    [Fact]
    public void EmptyTextNamesNoServer() =>
        Assert.Equal("InvalidServer", Assert.Throws<InvalidInputException>(() => ServerEnvironment.UnitedStates.IsNamedBy(" ")).Code);

    [Theory]
    [InlineData(UsIdentity, UsApi, "US")]
    [InlineData(EuIdentity, EuApi, "EU")]
    [InlineData(UsIdentity, "https://api.example.org/", "https://api.example.org")]
    [InlineData("https://example.org:8443/bw/identity/", "https://example.org:8443/bw/api", "https://example.org:8443/bw")]
    [InlineData("https://id.example.org/", "https://api.example.org/v1/", "https://api.example.org/v1")]
    public void RestoredServerIsCalledAfterItsAddresses(string identity, string api, string name) =>
        Assert.Equal(name, ServerEnvironment.Restore(new Uri(identity), new Uri(api)).Name);

    [Theory]
    [InlineData("http://id.example.org")]
    [InlineData("https://user:hunter2@id.example.org")]
    [InlineData("id.example.org")]
    public void OverrideIsCheckedLikeAServer(string given)
    {
        Uri uri = new(given, UriKind.RelativeOrAbsolute);
        InvalidInputException failure = Assert.Throws<InvalidInputException>(() => ServerEnvironment.Resolve("US", identityUrl: uri));
        Assert.Equal("InvalidServer", failure.Code);
    }

    [Theory]
    [InlineData("https://vault.example.org/", true)]
    [InlineData("VAULT.example.ORG", true)]
    [InlineData("https://vault.example.org:443", true)]
    [InlineData("https://vault.example.org/bw", false)]
    [InlineData("US", false)]
    public void ServerIsRecognisedByItsOtherForms(string text, bool same) =>
        Assert.Equal(same, ServerEnvironment.Resolve("https://vault.example.org").IsNamedBy(text));
}
