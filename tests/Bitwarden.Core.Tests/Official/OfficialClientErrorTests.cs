using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Official;

public sealed class OfficialClientErrorTests : IDisposable
{
    private static readonly TimeSpan s_longerThanAPause = TimeSpan.FromSeconds(1);
    private readonly OfficialDataFile _file = new();

    [Fact]
    public async Task NoFileIsNotFoundAndNamesThePath()
    {
        OfficialClientException failure = await FailAsync("OfficialClientNotFound");
        Assert.Contains(_file.Path, failure.Message);
    }

    [Fact]
    public async Task AFolderWithoutTheFileIsNotFound() => await FailAsync("OfficialClientNotFound", _file.SessionKeyText, _file.Folder);

    [Fact]
    public async Task AFolderWithTheFileIsAsGoodAsTheFile()
    {
        _file.Write(_file.Current());
        using BitwardenSession session = await _file.ImportAsync(_file.SessionKeyText, path: _file.Folder);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "stateVersion": 85, "global_environment_environment": { "region": "US" } }""")]
    [InlineData("""{ "stateVersion": 85, "global_account_activeAccountId": null, "global_account_accounts": {} }""")]
    [InlineData("""{ "stateVersion": 85, "global_account_activeAccountId": "\ud800" }""")]
    [InlineData("""{ "stateVersion": 85, "global_account_activeAccountId": "0fdff322-665c-42fa-9319-084646d81dc7" }""")]
    [InlineData("""
        {
          "stateVersion": 85,
          "global_account_activeAccountId": "0fdff322-665c-42fa-9319-084646d81dc7",
          "global_account_accounts": { "0fdff322-665c-42fa-9319-084646d81dc7": { "email": "" } }
        }
        """)]
    [InlineData("""{ "global": { "stateVersion": 7 }, "authenticatedAccounts": [] }""")]
    public async Task NobodyLoggedInIsNotLoggedIn(string content)
    {
        File.WriteAllText(_file.Path, content);
        await FailAsync("OfficialClientNotLoggedIn");
    }

    [Fact]
    public async Task NoSessionKeySaysSo()
    {
        _file.Write(_file.Current());
        Assert.Contains("No session key", (await FailAsync("OfficialClientLocked", sessionKey: null)).Message);
    }

    [Fact]
    public async Task ASessionKeyThatIsNoneSaysWhatOneIs()
    {
        _file.Write(_file.Current());
        OfficialClientException failure = await FailAsync("OfficialClientLocked", sessionKey: _file.SessionKeyText[..60]);
        Assert.Contains("base64 of 64 bytes", failure.Message);
        Assert.DoesNotContain(_file.SessionKeyText[..60], failure.Message);
    }

    [Fact]
    public async Task ALockedClientSaysThatItWasLocked()
    {
        JsonObject data = _file.Current();
        data.Remove(_file.ProtectedKey);
        _file.Write(data);
        Assert.Contains("was locked", (await FailAsync("OfficialClientLocked")).Message);
    }

    [Fact]
    public async Task AnOldSessionKeySaysThatALaterUnlockReplacedIt()
    {
        _file.Write(_file.Current());
        Assert.Contains("replaced", (await FailAsync("OfficialClientLocked", OfficialDataFile.Text(SymmetricKey.Generate()))).Message);
    }

    [Fact]
    public async Task TheSessionKeyOfAnotherAccountSaysSo()
    {
        JsonObject data = _file.Current();
        SymmetricKey other = SymmetricKey.Generate();
        data["__PROTECTED__11111111-2222-3333-4444-555555555555_user_auto"] = OfficialDataFile.Protect(SymmetricKey.Generate(), other);
        _file.Write(data);
        Assert.Contains("another account", (await FailAsync("OfficialClientLocked", OfficialDataFile.Text(other))).Message);
    }

    [Fact]
    public async Task AUserKeyOfEncryptionVersion2SaysThatItCannotBeReadYet()
    {
        JsonObject data = _file.Current();
        data[_file.ProtectedKey] = Convert.ToBase64String(_file.SessionKey.Encrypt(new byte[96]).ToBuffer());
        _file.Write(data);
        Assert.Equal("UnsupportedEncryption", (await Assert.ThrowsAsync<EncryptionException>(_file.ImportAsync)).Code);
    }

    [Theory]
    [InlineData("ciphers_ciphers")]
    [InlineData("sync_lastSync")]
    public async Task ARenamedValueIsAnUnknownLayoutAndNoEmptyVault(string name)
    {
        JsonObject data = _file.Current();
        data.Remove(_file.Own(name));
        _file.Write(data);
        OfficialClientException failure = await FailAsync("OfficialClientUnknownLayout");
        Assert.Contains("state version 85", failure.Message);
    }

    [Theory]
    [InlineData("ciphers_ciphers", "[]")]
    [InlineData("ciphers_ciphers", """{ "a": 1 }""")]
    [InlineData("folder_folders", "\"text\"")]
    [InlineData("crypto_organizationKeys", """{ "not an id": { "key": "x" } }""")]
    [InlineData("sync_lastSync", "\"yesterday\"")]
    [InlineData("environment_environment", """{ "region": "Moon" }""")]
    public async Task AValueOfAnotherFormIsAnUnknownLayout(string name, string value)
    {
        JsonObject data = _file.Current();
        data[_file.Own(name)] = JsonNode.Parse(value);
        _file.Write(data);
        await FailAsync("OfficialClientUnknownLayout");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{ "accounts": [] }""")]
    [InlineData("""{ "stateVersion": 99, "active": "x", "__PROTECTED__11111111-2222-3333-4444-555555555555_user_auto": "AmRl" }""")]
    public async Task WhatIsNotTheClientsFileIsAnUnknownLayout(string content)
    {
        File.WriteAllText(_file.Path, content);
        await FailAsync("OfficialClientUnknownLayout");
    }

    [Fact]
    public async Task AFileThatStaysCutIsUnreadableAfterSomeTries()
    {
        string whole = _file.Current().ToJsonString();
        File.WriteAllText(_file.Path, whole[..(whole.Length / 2)]);
        ManualTimeProvider time = new() { SkipsUpTo = TimeSpan.FromSeconds(1) };
        OfficialClientException failure = await Assert.ThrowsAsync<OfficialClientException>(() => _file.ImportAsync(_file.SessionKeyText, time));
        Assert.Equal("OfficialClientUnreadable", failure.Code);
        Assert.Equal(9, time.Skipped.Length);
    }

    [Fact]
    public async Task AFileThatStaysEmptyIsUnreadable()
    {
        File.WriteAllText(_file.Path, string.Empty);
        await FailAsync("OfficialClientUnreadable");
    }

    [Fact]
    public async Task ItemsThatAreMissingDuringASyncAreWaitedFor()
    {
        JsonObject data = _file.Current();
        JsonNode items = data[_file.Own("ciphers_ciphers")]!.DeepClone();
        data[_file.Own("ciphers_ciphers")] = null;
        ManualTimeProvider time = new();
        Task<BitwardenSession> importing = _file.Write(data).ImportAsync(_file.SessionKeyText, time);
        await WaitsAsync(importing, time);
        data[_file.Own("ciphers_ciphers")] = items;
        _file.Write(data);
        time.Advance(s_longerThanAPause);
        using BitwardenSession session = await importing;
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task AFileThatIsBeingWrittenIsWaitedFor(int written)
    {
        string whole = _file.Current().ToJsonString();
        File.WriteAllText(_file.Path, whole[..written]);
        ManualTimeProvider time = new();
        Task<BitwardenSession> importing = _file.ImportAsync(_file.SessionKeyText, time);
        await WaitsAsync(importing, time);
        File.WriteAllText(_file.Path, whole);
        time.Advance(s_longerThanAPause);
        using BitwardenSession session = await importing;
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    public void Dispose() => _file.Dispose();

    private static async Task WaitsAsync(Task importing, ManualTimeProvider time)
    {
        await Poll.UntilAsync("a pause of the import", () => time.Waiting > 0 || importing.IsCompleted);
        Assert.False(importing.IsCompleted);
    }

    private Task<OfficialClientException> FailAsync(string code) => FailAsync(code, _file.SessionKeyText);

    private async Task<OfficialClientException> FailAsync(string code, string? sessionKey, string? path = null)
    {
        OfficialClientException failure = await Assert.ThrowsAsync<OfficialClientException>(() => _file.ImportAsync(sessionKey, path: path));
        Assert.Equal(code, failure.Code);
        return failure;
    }
}
