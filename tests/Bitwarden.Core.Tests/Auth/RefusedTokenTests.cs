using System.Text;
using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Auth;

/// <summary>Tokens of an answer that nobody takes are zeroed.</summary>
public sealed class RefusedTokenTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly AnonymousApiClient _api;

    public RefusedTokenTests()
    {
        ConnectionOptions options = new() { MessageHandler = _server, TimeProvider = new ManualTimeProvider() };
        _api = AnonymousApiClient.Create(_server.Environment, DeviceIdentity.Create(null, _server.Environment, ScriptedVault.Email), options);
    }

    [Fact]
    public void RefusedForAnotherAccount()
    {
        using TokenSource tokens = new(new RefreshTokenGrant(), _api, new Owner(), ScriptedServer.UserId);
        TokenResponse answer = Answer(Guid.NewGuid());
        Assert.Equal("AccountChanged", Assert.Throws<ServerException>(() => tokens.Update(answer)).Code);
        Assert.True(answer.RefreshToken!.IsDisposed);
        Assert.True(answer.TwoFactorToken!.IsDisposed);
    }

    [Fact]
    public void TakenIsKept()
    {
        using TokenSource tokens = new(new RefreshTokenGrant(), _api, new Owner(), ScriptedServer.UserId);
        TokenResponse answer = Answer(ScriptedServer.UserId);
        tokens.Update(answer);
        Assert.False(answer.RefreshToken!.IsDisposed);
    }

    [Fact]
    public async Task TokenOfARememberedDeviceThatNobodyAskedForIsZeroed()
    {
        _server.Token["TwoFactorToken"] = "remember me";
        using SecretBytes secret = SecretBytes.FromCharacters(ScriptedServer.ClientSecret);
        using TokenSource tokens = new(
            new ApiKeyGrant(ApiKeyCredential.Create($"user.{ScriptedServer.UserId}", secret)), _api, new Owner(), ScriptedServer.UserId);
        TokenResponse answer = await tokens.LoginAsync(default);
        Assert.True(answer.TwoFactorToken!.IsDisposed);
    }

    public void Dispose()
    {
        _api.Dispose();
        _server.Dispose();
    }

    private static TokenResponse Answer(Guid user) => new()
    {
        AccessToken = $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"sub\":\"{user}\"}}")).TrimEnd('=')}.x",
        RefreshToken = SecretBytes.FromCharacters("refresh"),
        TwoFactorToken = SecretBytes.FromCharacters("remember"),
    };

    private sealed class Owner : ITokenOwner
    {
        public void Update(TokenResponse answer)
        {
        }

        public BitwardenException End(BitwardenException cause) => cause;
    }
}
