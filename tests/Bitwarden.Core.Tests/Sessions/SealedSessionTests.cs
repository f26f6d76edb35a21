using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>Exported sessions that open only with a secret which travels another way.</summary>
public sealed class SealedSessionTests : IDisposable
{
    private const string Secret = "another way, another day";
    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task OpensWithItsSecret()
    {
        using BitwardenSession original = await UnlockedAsync();
        string text = await SealAsync(original);
        Assert.StartsWith("bws2.", text, StringComparison.Ordinal);
        Assert.NotEqual(text, await SealAsync(original));
        using BitwardenSession imported = await ImportAsync($" {text}\r\n", Secret);
        Assert.Equal("p@ss", imported.GetVault().Find("mine").Password!.RevealText());
    }

    [Fact]
    public async Task OpensWithNothingElse()
    {
        using BitwardenSession original = await UnlockedAsync();
        string text = await SealAsync(original);
        using SecretBytes open = await original.ExportAsync(withUserKey: true);
        await AssertFailsAsync("WrongSessionKey", text, Secret + " ");
        await AssertFailsAsync("SessionKeyMissing", text, null);
        await AssertFailsAsync("SessionNotSealed", open.RevealText(), Secret);
        await AssertFailsAsync("InvalidSessionToken", "bws2.AAAA", Secret);
    }

    [Fact]
    public async Task ChangedTextIsRefused()
    {
        using BitwardenSession original = await UnlockedAsync();
        byte[] whole = Convert.FromBase64String((await SealAsync(original))["bws2.".Length..]);

        // In the salt, the type, the IV, the MAC, the state and the end of it.
        foreach (int at in new[] { 0, 16, 20, 40, 100, whole.Length - 1 })
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            InvalidInputException failure = await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(Text(changed), Secret));
            Assert.Contains(failure.Code, new[] { "WrongSessionKey", "InvalidSessionToken" });
        }

        await AssertFailsAsync("InvalidSessionToken", Text(whole[..20]), Secret);
    }

    [Fact]
    public async Task EndsWithItsTime()
    {
        using BitwardenSession original = await UnlockedAsync();
        string text = await SealAsync(original, new SessionExportOptions { ValidFor = TimeSpan.FromMinutes(10) });
        _time.Advance(TimeSpan.FromMinutes(10));
        using (await ImportAsync(text, Secret))
        {
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        _server.Requests.Clear();
        await AssertFailsAsync("SessionTextExpired", text, Secret);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task SecretThatCanBeGuessedIsRefused()
    {
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes weak = SecretBytes.FromCharacters("fifteen letters");
        SessionExportOptions options = new() { Secret = weak };
        Assert.Equal("WeakSessionKey", (await Assert.ThrowsAsync<InvalidInputException>(() => original.ExportAsync(options))).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RememberedDeviceStaysBehindUnlessItIsAskedFor(bool wanted)
    {
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes token = await original.ExportAsync(withUserKey: true);
        using SecretBytes device = SecretBytes.FromCharacters("remembered");
        using SecretBytes remembering = SessionToken.Seal(SessionToken.Open(token) with { RememberToken = device });
        using BitwardenSession imported = await ImportAsync(remembering.RevealText(), null);
        using SecretBytes exported = await imported.ExportAsync(new SessionExportOptions { WithRememberedDevice = wanted });
        using ExportedSession read = SessionToken.Open(exported);
        Assert.Equal(wanted ? "remembered" : null, read.RememberToken?.RevealText());
    }

    [Fact]
    public async Task ForgedTextWithoutWhatASessionNeedsIsRefused()
    {
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes token = await original.ExportAsync(withUserKey: true);
        ExportedSession whole = SessionToken.Open(token);
        foreach (ExportedSession part in new[] { whole with { AccessToken = null! }, whole with { Identity = null! }, whole with { Account = null! } })
        {
            using SecretBytes forged = SessionToken.Seal(part);
            await AssertFailsAsync("InvalidSessionToken", forged.RevealText(), null);
        }
    }

    private static string Text(byte[] whole) => "bws2." + Convert.ToBase64String(whole);

    private async Task<BitwardenSession> UnlockedAsync()
    {
        _server.Vault.AddLogin("mine", password: "p@ss");
        return await _server.ConnectUnlockedAsync(_time);
    }

    private static async Task<string> SealAsync(BitwardenSession session, SessionExportOptions? options = null)
    {
        using SecretBytes secret = SecretBytes.FromCharacters(Secret);
        using SecretBytes text = await session.ExportAsync((options ?? new SessionExportOptions()) with { Secret = secret });
        return text.RevealText();
    }

    private async Task<BitwardenSession> ImportAsync(string text, string? secret)
    {
        using SecretBytes token = SecretBytes.FromCharacters(text);
        using SecretBytes? given = secret is null ? null : SecretBytes.FromCharacters(secret);
        ConnectionOptions options = new() { MessageHandler = _server, TimeProvider = _time };
        return await SessionImport.ImportAsync(new SessionText(token, given), null, options, new SessionOptions());
    }

    private async Task AssertFailsAsync(string code, string text, string? secret) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(text, secret))).Code);
}
