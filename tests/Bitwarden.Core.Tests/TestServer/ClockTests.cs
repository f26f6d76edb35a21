using System.Net;
using System.Text.Json;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class ClockTests() : ServerTests(logIn: true)
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task AccessTokensEndWithTheirLifetime()
    {
        Server.Clock.Advance(Server.TokenLifetime - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("/api/sync")).Status);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Client.GetAsync("/api/sync")).Status);
    }

    [Fact]
    public async Task RefreshTokensEndAfterThirtyDays()
    {
        string token = await RefreshTokenAsync();
        Server.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(ServerClient.RefreshForm(token))).Status);
        Server.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.TokenAsync(ServerClient.RefreshForm(token))).Status);
    }

    [Fact]
    public async Task RememberedDevicesAreForgottenAfterThirtyDays()
    {
        Server.Pbkdf2.TwoFactorCode = "246810";
        Dictionary<string, string> form = new(ServerClient.PasswordForm(Server.Pbkdf2))
        {
            ["twoFactorProvider"] = "0", ["twoFactorToken"] = "246810", ["twoFactorRemember"] = "1",
        };
        form["twoFactorToken"] = (await Client.TokenAsync(form)).Json.GetProperty("TwoFactorToken").GetString()!;
        form["twoFactorProvider"] = "5";
        Server.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(form)).Status);
        Server.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.TokenAsync(form)).Status);
    }

    [Fact]
    public async Task DownloadLinksEndAfterAMinute()
    {
        Guid item = Server.Pbkdf2.Items["with attachment"];
        string attachment = Server.Pbkdf2.Vault.Find(item)!.Attachments[0].Id;
        Answer link = await Client.GetAsync($"/api/ciphers/{item}/attachment/{attachment}");
        string address = new Uri(link.Json.GetProperty("url").GetString()!).PathAndQuery;
        Client.ForgetToken();
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync(address)).Status);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync(address)).Status);
    }

    [Fact]
    public async Task WhatChangesCarriesTheTimeOfTheOptions()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new() { TimeProvider = new ManualTimeProvider() });
        using ServerClient client = new(server);
        await client.LoginAsync(server.Pbkdf2);
        server.Clock.Advance(s_second);
        DateTimeOffset expected = ManualTimeProvider.Start + s_second;

        Answer folder = await client.PostAsync("/api/folders", new { name = server.Pbkdf2.Vault.Folders[0].Name });
        server.Pbkdf2.RotateClientSecret();

        Assert.Equal(expected, folder.Json.GetProperty("revisionDate").GetDateTimeOffset());
        Assert.Equal(expected.ToUnixTimeMilliseconds(), (await client.GetAsync("/api/accounts/revision-date")).Json.GetInt64());
        Assert.Equal(expected.UtcDateTime, server.Pbkdf2.ClientSecretDate);
        Assert.Equal(expected, folder.Headers.Date);
    }

    [Fact]
    public async Task ControlOverHttpMovesTheClock()
    {
        Assert.Equal(HttpStatusCode.OK, (await Client.PostAsync("/_test/clock", new { seconds = 3601 })).Status);
        Answer alive = await Client.GetAsync("/api/alive");
        Assert.True(alive.Json.GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(59));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Client.GetAsync("/api/sync")).Status);
    }

    [Fact]
    public void NeverGoesBack() => Assert.Throws<ArgumentOutOfRangeException>(() => Server.Clock.Advance(-s_second));

    private async Task<string> RefreshTokenAsync()
    {
        JsonElement answer = (await Client.TokenAsync(ServerClient.PasswordForm(Server.Pbkdf2))).Json;
        return answer.GetProperty("refresh_token").GetString()!;
    }
}
