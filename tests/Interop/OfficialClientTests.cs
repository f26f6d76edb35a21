using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>The official client and our engine read the same vault.</summary>
public sealed class OfficialClientTests : IClassFixture<ReadingFixture>
{
    private const string TokenPath = "/identity/connect/token";
    private readonly ReadingFixture _both;

    public OfficialClientTests(ReadingFixture both)
    {
        Skip.When(both.Missing is not null, both.Missing);
        _both = both;
    }

    [Theory]
    [InlineData(ItemType.Login)]
    [InlineData(ItemType.SecureNote)]
    [InlineData(ItemType.Card)]
    [InlineData(ItemType.Identity)]
    [InlineData(ItemType.SshKey)]
    [InlineData(ItemType.BankAccount)]
    [InlineData(ItemType.DriversLicense)]
    [InlineData(ItemType.Passport)]
    public void ItemsOfATypeHaveTheSameContentInBoth(ItemType type) =>
        AssertSameContent(item => (ItemType)item.GetProperty("type").GetInt32() == type);

    [Fact]
    public void ItemsOfAnOrganizationHaveTheSameContentInBoth() =>
        AssertSameContent(item => item.TryGetProperty("organizationId", out JsonElement id) && id.ValueKind == JsonValueKind.String);

    [Fact]
    public void ItemsWithAKeyOfTheirOwnHaveTheSameContentInBoth() =>
        AssertSameContent(item => item.TryGetProperty("key", out JsonElement key) && key.ValueKind == JsonValueKind.String);

    [Fact]
    public void BothLeaveOutAnAddressWhoseChecksumIsWrong()
    {
        JsonElement official = Official("wrong checksum");
        IEnumerable<JsonElement> uris = official.GetProperty("login").GetProperty("uris").EnumerateArray();
        Assert.Equal(["https://honest.example.org"], uris.Select(uri => uri.GetProperty("uri").GetString()));
        Assert.Equal(["https://honest.example.org"], _both.Session.GetVault().Find("wrong checksum").Uris);
    }

    [Fact]
    public void BothKeepBackAPasswordThatTheOrganizationHides()
    {
        Assert.Equal(JsonValueKind.Null, Official("org-hidden").GetProperty("login").GetProperty("password").ValueKind);
        ItemValue hidden = _both.Session.GetVault().Find("org-hidden").Password!;
        Assert.Equal("SecretHidden", Assert.Throws<ItemLookupException>(hidden.RevealText).Code);
    }

    [Fact]
    public void NeitherGivesOutAPasswordThatFailsItsMacAndOursSaysSo()
    {
        Assert.False(Official("broken").GetProperty("login").TryGetProperty("password", out _));
        VaultItem ours = _both.Session.GetVault().Find("broken");
        Assert.Throws<ItemUnreadableException>(ours.Password!.RevealText);
        Assert.Equal("password", Assert.Single(ours.Problems).Field);
    }

    [Fact]
    public void BothListTheSameItemsAndTheSameTrash()
    {
        Assert.Equal(Ids([.. _both.Lists[0], .. _both.Lists[1]]), _both.Session.GetVault().Items.Select(item => item.Id).Order());
        Assert.Equal(Ids(_both.Lists[2]), _both.Session.GetVault().Trash.Select(item => item.Id));
    }

    [Fact]
    public void ArchivedItemsAreMarkedAsSuchByBoth()
    {
        Assert.NotEmpty(_both.Lists[1]);
        Assert.Equal(Ids(_both.Lists[1]), _both.Session.GetVault().Items.Where(item => item.ArchivedDate is not null).Select(item => item.Id));
    }

    [Fact]
    public void BothListTheSameFolders() =>
        Assert.Equal(_both.Folders.Where(folder => folder.Key.Length > 0).Select(folder => folder.Value).Order(), _both.Session.GetVault().Folders.Order());

    [Fact]
    public async Task BothRefuseToUnlockWithAWrongMasterPassword()
    {
        Assert.Contains("decryption operation failed", _both.WrongUnlock.Refusal(), StringComparison.Ordinal);
        using SecretBytes wrong = SecretBytes.FromCharacters("not the master password");
        AuthenticationFailedException ours = await Assert.ThrowsAsync<AuthenticationFailedException>(() => _both.Session.UnlockAsync(wrong));
        Assert.Equal("InvalidMasterPassword", ours.Code);
    }

    [Fact]
    public async Task GetPasswordPrintsTheSecretOfTheSameName()
    {
        using DecryptedSecret ours = await _both.Session.ReadSecretAsync("prod-sql");
        Assert.Equal(await _both.Official.TextAsync("get", "password", "prod-sql"), ours.Value.RevealText());
    }

    [Fact]
    public async Task GetTotpPrintsTheSameCodeAsOursInTheSameTimeWindow()
    {
        using DecryptedSecret before = await _both.Session.ReadSecretAsync("prod-sql#totp");
        string official = await _both.Official.TextAsync("get", "totp", "prod-sql");
        using DecryptedSecret after = await _both.Session.ReadSecretAsync("prod-sql#totp");
        Assert.Contains(official, new[] { before.Value.RevealText(), after.Value.RevealText() });
    }

    [Fact]
    public async Task AnAttachmentHasTheSameBytesInBoth()
    {
        string path = _both.TemporaryFile();
        string item = _both.Server.Pbkdf2.Items["with attachment"].ToString();
        await _both.Official.TextAsync("get", "attachment", "cert.pfx", "--itemid", item, "--output", path);
        using DecryptedSecret ours = await _both.Session.ReadSecretAsync("with attachment#attachment:cert.pfx");
        Assert.Equal(await File.ReadAllBytesAsync(path), ours.Value.Span.ToArray());
        Assert.Equal(_both.Server.Pbkdf2.AttachmentContent, ours.Value.Span.ToArray());
    }

    [Fact]
    public void BothSendTheSameFormForAToken()
    {
        (LoggedRequest official, LoggedRequest ours) = Requests("POST", TokenPath);
        Assert.Equal(RequestDescription.Form(official), RequestDescription.Form(ours));
        Assert.All([official, ours], request => Assert.True(Guid.TryParseExact(request.Form["deviceIdentifier"], "D", out _)));
    }

    [Theory]
    [InlineData("POST", TokenPath)]
    [InlineData("GET", "/api/sync")]
    public void BothSendTheSameHeadersOfTheirOwn(string method, string path)
    {
        (LoggedRequest official, LoggedRequest ours) = Requests(method, path);
        Assert.Equal(official.Query, ours.Query);
        Assert.Equal(RequestDescription.Headers(official), RequestDescription.Headers(ours));
    }

    [Fact]
    public void TheServerAcceptsTheDevicesOfBoth()
    {
        (LoggedRequest official, LoggedRequest ours) = Requests("POST", TokenPath);
        Assert.NotEqual(official.Form["deviceIdentifier"], ours.Form["deviceIdentifier"]);
        Assert.Contains(official.Form["deviceIdentifier"], _both.Server.Pbkdf2.Devices);
        Assert.Contains(ours.Form["deviceIdentifier"], _both.Server.Pbkdf2.Devices);
    }

    private void AssertSameContent(Func<JsonElement, bool> chosen)
    {
        JsonElement[] items = [.. _both.Lists.SelectMany(list => list).Where(chosen)];
        Assert.NotEmpty(items);
        Assert.All(items, official =>
        {
            VaultItem? ours = ItemDescription.Find(_both.Session, official);
            Assert.NotNull(ours);
            Assert.Equal(ItemDescription.Of(official, _both.Folders), ItemDescription.Of(ours));
        });
    }

    private JsonElement Official(string name) => Assert.Single(_both.Lists[0], item => item.GetProperty("name").GetString() == name);

    private (LoggedRequest Official, LoggedRequest Ours) Requests(string method, string path)
    {
        LoggedRequest[] requests = [.. _both.Server.Requests.All.Where(request => request.Method == method && request.Path == path)];
        return (requests.First(RequestDescription.IsOfficial), requests.First(request => !RequestDescription.IsOfficial(request)));
    }

    private static IEnumerable<Guid> Ids(IEnumerable<JsonElement> items) => items.Select(item => item.GetProperty("id").GetGuid()).Order();
}
