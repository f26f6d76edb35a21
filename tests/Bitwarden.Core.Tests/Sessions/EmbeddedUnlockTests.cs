using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>The whole way with the vendor's default KDFs, against servers of each kind.</summary>
public sealed class EmbeddedUnlockTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task BothKdfsUnlock(bool pascalCase, bool minimalToken)
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(
            new EmbeddedServerOptions { PascalCaseApi = pascalCase, MinimalTokenAnswer = minimalToken });
        foreach (TestAccount account in new[] { server.Pbkdf2, server.Argon2id })
        {
            using SecretBytes secret = SecretBytes.FromCharacters(account.ClientSecret);
            using SecretBytes password = SecretBytes.FromCharacters(account.MasterPassword);
            using BitwardenSession session = await BitwardenSession.ConnectAsync(
                ApiKeyCredential.Create(account.ClientId, secret),
                ServerEnvironment.Resolve(server.HttpUrl.ToString()),
                new ConnectionOptions(),
                new SessionOptions());
            await session.UnlockAsync(password);
            Assert.Equal(account.Email, session.Account);
            Assert.Equal(account.Passwords["prod-sql"], session.GetVault().Find("prod-sql").Password!.RevealText());
            Assert.Equal(account.Passwords["org-sql"], session.GetVault().Find("org-sql").Password!.RevealText());
            Assert.Equal(account.Passwords["own key"], session.GetVault().Find("own key").Password!.RevealText());
            Assert.Empty(session.GetVault().Items.Where(item => item.Name != "wrong checksum").SelectMany(item => item.Problems));
        }
    }
}
