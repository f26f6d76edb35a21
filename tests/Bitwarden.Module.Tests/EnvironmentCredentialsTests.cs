using Bitwarden.PowerShell;
using Xunit;

namespace Bitwarden.Module.Tests;

public sealed class EnvironmentCredentialsTests
{
    [Theory]
    [InlineData("BW_SECRETCLIENT")]
    [InlineData("BW_CLIËNTGEHEIM")]
    [InlineData("BW_CLI\uFFFD\uFFFDNTGEHEIM")]
    [InlineData("BW_CLIËNTID")]
    [InlineData("BW_CLIENT_ID")]
    [InlineData("BW_CLIENT_SECRET")]
    [InlineData("BW_CLIENTSECRET_")]
    [InlineData("BWCLIENTID")]
    [InlineData("BW_KLIENTSCHLUESSEL")]
    [InlineData("BW_APIKEY")]
    [InlineData("bw_clientid")]
    public void LookAlikeIsFound(string name) => Assert.True(EnvironmentCredentials.LooksAlike(name));

    [Theory]
    [InlineData("BW_CLIENTID")]
    [InlineData("BW_CLIENTSECRET")]
    [InlineData("BW_SESSION")]
    [InlineData("BW_PASSWORD")]
    [InlineData("BW_SERVER")]
    [InlineData("BW_DEVICEIDENTIFIER")]
    [InlineData("BW_CLI")]
    [InlineData("BW_NOINTERACTION")]
    [InlineData("CLIENT_SECRET")]
    [InlineData("PATH")]
    public void OtherVariableIsLeftAlone(string name) => Assert.False(EnvironmentCredentials.LooksAlike(name));

    [Fact]
    public void SetLookAlikeIsNamedAndNeverRead()
    {
        Environment.SetEnvironmentVariable("BW_SECRETCLIENT", "never-to-be-seen");
        try
        {
            Assert.Contains("BW_SECRETCLIENT", EnvironmentCredentials.FindLookAlikes());
            Assert.Contains("BW_SECRETCLIENT", EnvironmentCredentials.DescribeLookAlikes());
            Assert.DoesNotContain("never-to-be-seen", EnvironmentCredentials.DescribeLookAlikes());
        }
        finally
        {
            Environment.SetEnvironmentVariable("BW_SECRETCLIENT", null);
        }
    }
}
