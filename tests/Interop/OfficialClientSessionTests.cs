using System.Text.Json;
using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Official;
using Bitwarden.Core.Sessions;
using Bitwarden.TestServer;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>Our engine reads what the official client has unlocked, from the client's own file.</summary>
public sealed class OfficialClientSessionTests : IClassFixture<LoginFixture>
{
    private readonly LoginFixture _logins;

    public OfficialClientSessionTests(LoginFixture logins)
    {
        Skip.When(logins.Missing is not null, logins.Missing);
        _logins = logins;
    }

    private EmbeddedServer Server => _logins.Server;

    [Fact]
    public async Task AfterAnApiKeyLoginAndAnUnlockBothReadTheSameAndTheClientNoticesNothing()
    {
        OfficialClient client = _logins.NewProfile();
        (await client.LoginWithApiKeyAsync(Server.Pbkdf2)).Success();
        (await client.UnlockAsync(Server.Pbkdf2.MasterPassword)).Success();
        await AssertSameItemsAndNothingChangedAsync(client, Server.Pbkdf2);
    }

    [Fact]
    public async Task AfterAPasswordLoginWithArgon2idBothReadTheSameAndTheClientNoticesNothing()
    {
        OfficialClient client = _logins.NewProfile();
        (await client.LoginWithPasswordAsync(Server.Argon2id)).Success();
        await AssertSameItemsAndNothingChangedAsync(client, Server.Argon2id);
    }

    [Fact]
    public async Task ASessionEndsForUsAsItEndsForTheClient()
    {
        OfficialClient client = _logins.NewProfile();
        (await client.LoginWithPasswordAsync(Server.Pbkdf2)).Success();
        string first = client.SessionKey;
        (await client.UnlockAsync(Server.Pbkdf2.MasterPassword)).Success();
        Assert.Contains("replaced", (await FailAsync(client, first, "OfficialClientLocked")).Message);
        await client.TextAsync("lock");
        Assert.Contains("was locked", (await FailAsync(client, client.SessionKey, "OfficialClientLocked")).Message);
        await client.TextAsync("logout");
        await FailAsync(client, client.SessionKey, "OfficialClientNotLoggedIn");
    }

    [Fact]
    public async Task AProfileThatNobodyHasLoggedInToIsReportedAsSuch() =>
        await FailAsync(_logins.NewProfile(), Convert.ToBase64String(new byte[64]), "OfficialClientNotLoggedIn");

    private static async Task AssertSameItemsAndNothingChangedAsync(OfficialClient client, TestAccount account)
    {
        JsonElement[] items =
        [
            .. await client.ListAsync("items"), .. await client.ListAsync("items", "--archived"), .. await client.ListAsync("items", "--trash"),
        ];
        Dictionary<string, string> folders = (await client.ListAsync("folders")).ToDictionary(folder => Text(folder, "id"), folder => Text(folder, "name"));
        JsonElement status = JsonSerializer.Deserialize<JsonElement>(await client.BytesAsync("status"));
        byte[] before = await File.ReadAllBytesAsync(client.DataFile);
        DateTime written = File.GetLastWriteTimeUtc(client.DataFile);
        using (BitwardenSession session = await ImportAsync(client, client.SessionKey))
        {
            AssertSameItems(items, folders, session);
            Assert.Equal((account.Email, Text(status, "serverUrl")), (session.Account, session.Server.Name));
            Assert.Equal(status.GetProperty("lastSync").GetDateTimeOffset(), session.LastSync);
            session.Lock();
            using SecretBytes password = SecretBytes.FromCharacters(account.MasterPassword);
            await session.UnlockAsync(password);
            AssertSameItems(items, folders, session);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(client.DataFile));
        Assert.Equal(written, File.GetLastWriteTimeUtc(client.DataFile));
        Assert.Equal([client.DataFile], Directory.GetFiles(Path.GetDirectoryName(client.DataFile)!, "data.json*"));
        Assert.Equal("unlocked", Text(JsonSerializer.Deserialize<JsonElement>(await client.BytesAsync("status")), "status"));
    }

    private static void AssertSameItems(JsonElement[] items, Dictionary<string, string> folders, BitwardenSession session)
    {
        Assert.NotEmpty(items);
        Assert.Equal(items.Length, session.GetVault().Items.Count + session.GetVault().Trash.Count);
        foreach (JsonElement item in items)
        {
            Assert.Equal(ItemDescription.Of(item, folders), ItemDescription.Of(ItemDescription.Find(session, item)!));
        }
    }

    private static async Task<OfficialClientException> FailAsync(OfficialClient client, string sessionKey, string code)
    {
        OfficialClientException failure = await Assert.ThrowsAsync<OfficialClientException>(() => ImportAsync(client, sessionKey));
        Assert.Equal(code, failure.Code);
        return failure;
    }

    private static async Task<BitwardenSession> ImportAsync(OfficialClient client, string sessionKey)
    {
        using SecretBytes key = SecretBytes.FromCharacters(sessionKey);
        return await OfficialClientImport.ImportAsync(client.DataFile, key, new ConnectionOptions(), new SessionOptions());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? string.Empty;
}
