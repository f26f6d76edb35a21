using System.Text.Json.Nodes;
using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Transfer;

/// <summary>Files that are refused: by the password, by the limits of key derivation, by their form. Nothing of them is ever sent.</summary>
public sealed class RefusedFileTests(RefusedFileTests.Fixture fixture) : IClassFixture<RefusedFileTests.Fixture>
{
    private readonly Fixture _fixture = fixture;

    [Theory]
    [InlineData(null, "FilePasswordRequired")]
    [InlineData("", "FilePasswordRequired")]
    [InlineData("export pässwörd 1", "WrongFilePassword")]
    public async Task WithoutTheRightPasswordNothingIsSent(string? password, string code)
    {
        Assert.Equal(code, (await Assert.ThrowsAsync<TransferException>(() => _fixture.Harness.ImportAsync(OfficialExport.PasswordFile, password))).Code);
        AssertNothingSent();
    }

    [Theory]
    [InlineData("kdfIterations", "4999", "InsufficientKdf")]
    [InlineData("kdfIterations", "2000001", "ExcessiveKdf")]
    [InlineData("kdfIterations", "99999999999999", "ExcessiveKdf")]
    [InlineData("kdfIterations", "-1", "InsufficientKdf")]
    [InlineData("kdfIterations", "1e3", "InvalidExportFile")]
    [InlineData("kdfIterations", "null", "InvalidExportFile")]
    [InlineData("kdfType", "7", "UnsupportedKdf")]
    [InlineData("kdfType", "1", "InvalidExportFile")]
    [InlineData("salt", "\"\"", "InvalidExportFile")]
    [InlineData("salt", "\"/DZ7ynBRprP7gXRTNwdvmQ==\"", "WrongFilePassword")]
    [InlineData("data", "\"2.a|b|c\"", "InvalidExportFile")]
    public async Task AFileOfAStrangerIsHeldToTheLimits(string member, string value, string code)
    {
        JsonObject file = OfficialExport.Read(OfficialExport.PasswordFile);
        file[member] = JsonNode.Parse(value);
        string path = _fixture.Harness.Write("odd.json", file);
        Assert.Equal(code, (await Assert.ThrowsAsync<TransferException>(() => _fixture.Harness.ImportAsync(path, OfficialExport.Password))).Code);
        AssertNothingSent();
    }

    [Theory]
    [InlineData("", "InvalidExportFile", "empty")]
    [InlineData("{", "InvalidExportFile", "line 1, byte 2")]
    [InlineData("{\"items\":[{\"type\":1}]}{", "InvalidExportFile", "line 1")]
    [InlineData("{}", "InvalidExportFile", "no list of items")]
    [InlineData("{\"items\":[1]}", "InvalidExportFile", "items[0]: an object was expected, and there is a number")]
    [InlineData("{\"items\":[{\"name\":\"x\"}]}", "InvalidExportFile", "items[0]: it has no type")]
    [InlineData("{\"items\":[{\"type\":99}]}", "InvalidExportFile", "items of the type 99 are newer")]
    [InlineData("{\"items\":[{\"type\":1,\"login\":{\"password\":7}}]}", "InvalidExportFile", "items[0].login.password: a text was expected")]
    [InlineData("{\"items\":[{\"type\":1,\"name\":\"\\ud800\"}]}", "InvalidExportFile", "not valid Unicode")]
    [InlineData("{\"items\":[{\"type\":1,\"archivedDate\":\"soon\"}]}", "InvalidExportFile", "items[0].archivedDate: a date")]
    [InlineData("{\"items\":[],\"folders\":[{\"id\":\"1\"}]}", "InvalidExportFile", "folders[0]")]
    [InlineData("{\"items\":[],\"folders\":[7]}", "InvalidExportFile", "folders[0]")]
    [InlineData("{\"encrypted\":true,\"items\":[]}", "FileKeyMismatch", "key")]
    [InlineData("name,nothing\nx,y", "InvalidExportFile", "line 1")]
    [InlineData("type,name\nlogin,\"x", "InvalidExportFile", "line 2: a quote has no counterpart")]
    [InlineData("type,name\nlogin,\"x\"y", "InvalidExportFile", "line 2: there is text behind")]
    public async Task AMalformedFileNamesThePlace(string content, string code, string words)
    {
        string path = _fixture.Harness.Write("odd", content);
        TransferException refused = await Assert.ThrowsAsync<TransferException>(() => _fixture.Harness.ImportAsync(path));
        Assert.Equal(code, refused.Code);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        AssertNothingSent();
    }

    private void AssertNothingSent() => Assert.DoesNotContain(
        _fixture.Harness.Server.Requests.All, request => request.Method == "POST" && request.Path.Contains("/api/", StringComparison.Ordinal));

    /// <summary>One session for all of them.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal TransferHarness Harness { get; private set; } = null!;

        /// <inheritdoc/>
        public async ValueTask InitializeAsync() => Harness = await TransferHarness.StartAsync();

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => Harness.DisposeAsync();
    }
}
