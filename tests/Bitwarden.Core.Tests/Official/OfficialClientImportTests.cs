using System.Globalization;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Official;

public sealed class OfficialClientImportTests : IDisposable
{
    private readonly OfficialDataFile _file = new();

    public static TheoryData<string> Layouts { get; } = ["current", "older", "oldest"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task ReadsItemsFoldersCollectionsAndOrganizations(string layout)
    {
        FillVault();
        using BitwardenSession session = await ImportAsync(layout);
        UnlockedVault vault = session.GetVault();
        Assert.Equal(["mine", "ours"], vault.Items.Select(item => item.Name).Order());
        Assert.Equal("Work", vault.Find("mine").Folder);
        Assert.Equal("p@ss", vault.Find("mine").Password!.RevealText());
        VaultItem ours = vault.Find("ours");
        Assert.Equal("Example Org", ours.Organization);
        Assert.Equal(["Servers"], ours.Collections);
        Assert.Equal("0rg-p@ss", ours.Password!.RevealText());
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task IsUnlockedAndAsOldAsTheClientsOwnSync(string layout)
    {
        using BitwardenSession session = await ImportAsync(layout);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        Assert.Equal(ScriptedVault.Email, session.Account);
        Assert.Equal("https://vault.example.org", session.Server.Name);
        Assert.Equal(DateTimeOffset.Parse(OfficialDataFile.LastSync, CultureInfo.InvariantCulture), session.LastSync);
        Assert.Null(session.ClientId);
    }

    [Fact]
    public async Task DescribesTheAccountFromTheFile()
    {
        _file.Vault.AddOrganization("Example Org");
        using BitwardenSession session = await ImportAsync("current");
        AccountInfo account = await session.DescribeAccountAsync();
        Assert.Equal(("Ada", _file.UserId, true), (account.Name, account.UserId.ToString(), account.EmailVerified));
        Assert.Equal(ScriptedVault.QuickKdf, account.Kdf);
        Assert.Equal(["Example Org"], account.Organizations);
    }

    [Fact]
    public async Task ReadsAnOrganizationThatIsReachedThroughAProvider()
    {
        (Guid providerId, SymmetricKey providerKey) = _file.Vault.AddOrganization("Provider");
        (Guid id, SymmetricKey key) = _file.Vault.AddOrganization("Client");
        AddOrganizationLogin("theirs", id, key, "pr0vided");
        JsonObject data = _file.Current();
        JsonObject keys = data[_file.Own("crypto_organizationKeys")]!.AsObject();
        data[_file.Own("crypto_providerKeys")] = new JsonObject { [$"{providerId}"] = (string)keys[$"{providerId}"]!["key"]! };
        keys[$"{id}"] = new JsonObject { ["type"] = "provider", ["key"] = providerKey.WrapKey(key).ToWireString(), ["providerId"] = $"{providerId}" };
        using BitwardenSession session = await _file.Write(data).ImportAsync();
        VaultItem item = session.GetVault().Find("theirs");
        Assert.Equal(("Client", "pr0vided"), (item.Organization, item.Password!.RevealText()));
    }

    [Theory]
    [InlineData("US", null, "US")]
    [InlineData("EU", null, "EU")]
    [InlineData("Self-hosted", "https://vault.bitwarden.eu", "EU")]
    [InlineData("Self-hosted", "https://bw.example.org/path", "https://bw.example.org/path")]
    public async Task KnowsTheServer(string region, string? address, string expected)
    {
        JsonObject data = _file.Current();
        data[_file.Own("environment_environment")] = new JsonObject { ["region"] = region, ["urls"] = new JsonObject { ["base"] = address } };
        using BitwardenSession session = await _file.Write(data).ImportAsync();
        Assert.Equal(expected, session.Server.Name);
    }

    [Fact]
    public async Task TakesTheClientsServerWhenTheAccountHasNoneOfItsOwn()
    {
        JsonObject data = _file.Current();
        data.Remove(_file.Own("environment_environment"));
        data["global_environment_environment"]!["region"] = "EU";
        using BitwardenSession session = await _file.Write(data).ImportAsync();
        Assert.Equal("EU", session.Server.Name);
    }

    [Fact]
    public async Task NeverTalksToTheServer()
    {
        _file.Vault.AddLogin("mine", password: "p@ss")["attachments"] = new JsonArray(
            new JsonObject { ["id"] = "1", ["fileName"] = _file.Vault.Seal("cert.pfx"), ["url"] = "https://vault.example.org/1", ["size"] = "3" });
        using BitwardenSession session = await ImportAsync("current");
        using SecretBytes password = SecretBytes.FromCharacters(ScriptedVault.Password);
        await AssertOfflineAsync(() => session.SyncAsync(force: true));
        await AssertOfflineAsync(() => session.SyncAsync(force: false));
        await AssertOfflineAsync(() => session.ReadSecretAsync("mine#attachment:cert.pfx"));
        await AssertOfflineAsync(() => session.ExportAsync(withUserKey: true));
        await AssertOfflineAsync(() => session.GetApiKeyAsync(rotate: true, password));
        await AssertOfflineAsync(() => session.UnlockWithKeyConnectorAsync(new Uri("https://connector.example.org")));
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Theory]
    [InlineData("current")]
    [InlineData("older")]
    public async Task OnceLockedTheMasterPasswordOpensItAgain(string layout)
    {
        _file.Vault.AddLogin("mine", password: "p@ss");
        using BitwardenSession session = await ImportAsync(layout);
        session.Lock();
        Assert.Equal("VaultLocked", Assert.Throws<SessionException>(session.GetVault).Code);
        await Assert.ThrowsAsync<AuthenticationFailedException>(() => ScriptedServer.UnlockAsync(session, "wrong"));
        await ScriptedServer.UnlockAsync(session);
        Assert.Equal("p@ss", session.GetVault().Find("mine").Password!.RevealText());
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task StoredUserKeyThatIsNotThatOfTheDataIsRefused(string layout)
    {
        _file.Vault.AddLogin("mine", password: "p@ss");
        using SymmetricKey rotated = SymmetricKey.Generate();
        using SecretBytes pkcs8 = _file.Vault.UserKey.Decrypt(EncString.Parse((string)_file.Vault.Profile["privateKey"]!));
        _file.Vault.Profile["privateKey"] = rotated.Encrypt(pkcs8.Span).ToWireString();
        OfficialClientException failure = await Assert.ThrowsAsync<OfficialClientException>(() => ImportAsync(layout));
        Assert.Equal("OfficialClientLocked", failure.Code);
        Assert.Contains("keys were replaced", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangesNeitherTheFileNorItsFolder()
    {
        _file.Write(_file.Current());
        byte[] before = File.ReadAllBytes(_file.Path);
        DateTime written = File.GetLastWriteTimeUtc(_file.Path);
        BitwardenSession session = await _file.ImportAsync();
        session.Lock();
        session.Dispose();
        Assert.Equal(before, File.ReadAllBytes(_file.Path));
        Assert.Equal(written, File.GetLastWriteTimeUtc(_file.Path));
        Assert.Equal([_file.Path], Directory.GetFileSystemEntries(_file.Folder));
    }

    [Fact]
    public async Task ReadsWhileTheClientHoldsTheFileOpenForWritingAndItsLock()
    {
        _file.Write(_file.Current());
        Directory.CreateDirectory(_file.Path + ".lock");
        using FileStream writer = new(_file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using BitwardenSession session = await _file.ImportAsync();
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        Assert.True(Directory.Exists(_file.Path + ".lock"));
    }

    public void Dispose() => _file.Dispose();

    private Task<BitwardenSession> ImportAsync(string layout) => _file.Write(layout switch
    {
        "current" => _file.Current(),
        "older" => _file.Older(),
        _ => _file.Oldest(),
    }).ImportAsync();

    private static async Task AssertOfflineAsync(Func<Task> call) =>
        Assert.Equal("OfficialClientOffline", (await Assert.ThrowsAsync<OfficialClientException>(call)).Code);

    private void FillVault()
    {
        _file.Vault.AddLogin("mine", "ada", "p@ss", _file.Vault.AddFolder("Work"));
        (Guid id, SymmetricKey key) = _file.Vault.AddOrganization("Example Org");
        string collection = Guid.NewGuid().ToString();
        _file.Vault.Sync["collections"]!.AsArray().Add(
            new JsonObject { ["id"] = collection, ["organizationId"] = id.ToString(), ["name"] = _file.Vault.Seal("Servers", key) });
        AddOrganizationLogin("ours", id, key, "0rg-p@ss")["collectionIds"] = new JsonArray(collection);
    }

    private JsonObject AddOrganizationLogin(string name, Guid organization, SymmetricKey key, string password)
    {
        JsonObject item = _file.Vault.Add(name, key: key);
        item["organizationId"] = organization.ToString();
        item["login"] = new JsonObject { ["password"] = _file.Vault.Seal(password, key) };
        return item;
    }
}
