using System.Globalization;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Tests;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Memory;

/// <summary>
/// What is left in the memory of a real process after a lock and after a disconnect, when everything that can be collected was: no copy of a secret. Another
/// process looks, so that what it looks for does not lie there because of the search.
/// </summary>
public sealed class MemoryTests : IAsyncLifetime
{
    private readonly StringBuilder _table = new(
        "| secret | form | after lock | after disconnect | after a password session | after a Key Connector |\n|---|---|---|---|---|---|\n");
    private readonly List<Needle> _needles = [];
    private readonly List<Dictionary<Needle, int>> _counts = [];
    private EmbeddedServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EmbeddedServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task NothingIsLeftOnTheRuntimeOfTheTests()
    {
        Skip.When(!OperatingSystem.IsLinux(), "The memory of another process is read through /proc, which only Linux has.");
        (string program, string[] arguments) = ProbeProgram.OnThisRuntime;
        await AssertNothingIsLeftAsync($".NET {Environment.Version.Major}", program, arguments);
    }

    [Fact]
    public async Task NothingIsLeftOnDotNet8()
    {
        Skip.When(!OperatingSystem.IsLinux(), "The memory of another process is read through /proc, which only Linux has.");
        (string? program, string problem) = await ProbeProgram.WithDotNet8Async();
        Skip.When(program is null, $"The runtime of .NET 8 is not to be had as a package. {problem}");
        await AssertNothingIsLeftAsync(".NET 8", program!, []);
    }

    private async Task AssertNothingIsLeftAsync(string runtime, string program, string[] arguments)
    {
        using ProbeProcess probe = new(program, [.. arguments, _server.HttpUrl.ToString(), _server.HttpsUrl.ToString(), _server.CertificateAuthorityPath]);
        await UseApiKeyAsync(probe);
        await UsePasswordAsync(probe);
        await UseKeyConnectorAsync(probe);
        WriteTable(runtime);
        string[] left = [.. _counts.SelectMany((counts, step) => counts
            .Where(pair => pair.Value > 0).Select(pair => $"{pair.Value} of {pair.Key} at pause {step + 1}"))];
        Assert.True(left.Length == 0, string.Join(Environment.NewLine, left));
    }

    private async Task UseApiKeyAsync(ProbeProcess probe)
    {
        TestAccount account = _server.Pbkdf2;
        await probe.WriteAsync(account.ClientId, account.ClientSecret, account.MasterPassword);
        string exported = await probe.ReadAsync();
        AddAccount(account, "first account");
        _needles.AddRange(Needle.Key("key of the exported session", Convert.FromBase64String(exported["bws1.".Length..])[..SymmetricKey.Length]));
        _needles.AddRange(Needle.Text("exported session", exported[..200]));
        _needles.AddRange(account.Passwords.Where(pair => pair.Key is "prod-sql" or "org-sql" or "own key")
            .SelectMany(pair => Needle.Text($"password of {pair.Key}", pair.Value)));
        _needles.AddRange(Needle.Binary("file", account.AttachmentContent[..Math.Min(64, account.AttachmentContent.Length)]));
        _counts.Add(await probe.CountAsync(() => _needles));
        _needles.AddRange(Travelled("client secret", account.ClientSecret));
        _counts.Add(await probe.CountAsync(() => _needles));
    }

    private async Task UsePasswordAsync(ProbeProcess probe)
    {
        const string Code = "918273";
        TestAccount account = _server.Argon2id;
        account.TwoFactorCode = Code;
        string oldSecret = account.ClientSecret;
        _server.TokenLifetime = TimeSpan.FromSeconds(1);
        await probe.WriteAsync(account.Email, Code, account.MasterPassword);
        AddAccount(account, "second account");
        _needles.AddRange(Travelled("client secret that was shown", oldSecret));
        Dictionary<Needle, int> counts = await probe.CountAsync(() =>
        {
            _needles.AddRange(Travelled("client secret that was made", account.ClientSecret));
            _needles.AddRange(Sent("refresh_token").SelectMany((token, i) => Travelled($"refresh token {i + 1}", token)));
            _needles.AddRange(Sent("twoFactorToken").Where(token => token != Code).SelectMany(token => Travelled("remember token", token)));
            return _needles;
        });
        Assert.Contains(_needles, needle => needle.Secret == "refresh token 1");
        Assert.Contains(_needles, needle => needle.Secret == "remember token");
        Assert.NotEqual(oldSecret, account.ClientSecret);
        _counts.Add(counts);
    }

    private async Task UseKeyConnectorAsync(ProbeProcess probe)
    {
        TestAccount account = _server.KeyConnector;
        _server.TokenLifetime = TimeSpan.FromHours(1);
        await probe.WriteAsync(account.ClientId, _server.KeyConnectorUrl.ToString(), account.ClientSecret);
        _needles.AddRange(Needle.Binary("key of the Key Connector", account.KeyConnectorKey!));
        _needles.AddRange(Travelled("key of the Key Connector, base64", Convert.ToBase64String(account.KeyConnectorKey!)));
        using MasterKey key = MasterKey.FromBytes(account.KeyConnectorKey);
        AddKeys("third account", account, key);
        _counts.Add(await probe.CountAsync(() => _needles));
    }

    private void AddAccount(TestAccount account, string name)
    {
        byte[] password = Encoding.UTF8.GetBytes(account.MasterPassword);
        using MasterKey key = MasterKey.Derive(password, account.Email, account.Kdf);
        _needles.AddRange(Needle.Text($"master password of the {name}", account.MasterPassword));
        _needles.AddRange(Travelled($"password hash of the {name}", account.MasterPasswordHash));
        _needles.AddRange(Needle.Binary($"password hash of the {name}", Convert.FromBase64String(account.MasterPasswordHash)));
        AddKeys(name, account, key);
    }

    private void AddKeys(string name, TestAccount account, MasterKey key)
    {
        using SecretBytes masterKey = key.CopyBytes();
        using SymmetricKey stretchedKey = key.Stretch();
        using SecretBytes stretched = stretchedKey.CopyBytes();
        using SecretBytes userKey = account.UserKey.CopyBytes();
        _needles.AddRange(Needle.Binary($"master key of the {name}", masterKey.Span.ToArray()));
        _needles.AddRange(Needle.Key($"stretched key of the {name}", stretched.Span.ToArray()));
        _needles.AddRange(Needle.Key($"user key of the {name}", userKey.Span.ToArray()));
    }

    // Also as it stands in a form.
    private static IEnumerable<Needle> Travelled(string secret, string text) => Needle.Text(secret, text)
        .Append(new Needle(secret, "form", Encoding.ASCII.GetBytes(Uri.EscapeDataString(text))))
        .DistinctBy(needle => Convert.ToHexString(needle.Bytes))
        .Select(needle => needle with { Travelled = true });

    private IEnumerable<string> Sent(string field) => _server.Requests.All
        .Where(request => request.Path == "/identity/connect/token")
        .Select(request => request.Form.GetValueOrDefault(field) ?? string.Empty)
        .Where(value => value.Length > 0)
        .Distinct();

    private void WriteTable(string runtime)
    {
        foreach (Needle needle in _needles)
        {
            IEnumerable<string> found = _counts.Select(counts => counts.TryGetValue(needle, out int count) ? $"{count}" : "-");
            _table.Append(CultureInfo.InvariantCulture, $"| {needle.Secret} | {needle.Form} | {string.Join(" | ", found)} |\n");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"Copies in the memory of a process on {runtime}\n\n{_table}");
        File.WriteAllText(
            Path.Combine(AppContext.BaseDirectory, $"memory-{runtime.Replace(" ", string.Empty, StringComparison.Ordinal)}.md"), _table.ToString());
    }
}
