using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Transfer;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>Files that our engine exports, the official client imports, and the reverse: every item is there twice then, with the same values.</summary>
public sealed class OfficialClientTransferTests : IClassFixture<WritingFixture>
{
    private static readonly string[] s_ofCopy = ["id", "creationDate", "revisionDate"];
    private readonly WritingFixture _both;

    public OfficialClientTransferTests(WritingFixture both)
    {
        Skip.When(both.Missing is not null, both.Missing);
        _both = both;
    }

    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.AccountEncryptedJson)]
    public async Task WhatWeExportIsImportedThere(ExportFormat format)
    {
        Dictionary<string, int> before = await ContentsAsync();
        string path = _both.TemporaryFile() + format;
        await _both.Session.SyncAsync(force: true);
        await _both.Session.GetExporter().SaveAsync(path, new ExportOptions { Format = format });
        await _both.Official.TextAsync("import", "bitwardenjson", path);
        Assert.Equal(Doubled(before), await ContentsAsync());
    }

    [Theory]
    [InlineData("json")]
    [InlineData("encrypted_json")]
    [InlineData("encrypted_json", "--password", "größe 1")]
    public async Task WhatItExportsIsImportedHere(string format, params string[] more)
    {
        Dictionary<string, int> before = await ContentsAsync();
        string path = _both.TemporaryFile() + format + more.Length;
        await _both.Official.TextAsync(["export", "--format", format, "--output", path, .. more]);
        await _both.Session.SyncAsync(force: true);
        using SecretBytes? password = more.Length == 0 ? null : SecretBytes.FromCharacters(more[1]);
        VaultImporter importer = _both.Session.GetWriter().Import;
        await importer.SendAsync(await importer.PrepareAsync(path, new ImportOptions { Password = password }));
        Assert.Equal(Doubled(before), await ContentsAsync());
    }

    private static Dictionary<string, int> Doubled(Dictionary<string, int> counts) => counts.ToDictionary(pair => pair.Key, pair => 2 * pair.Value);

    private async Task<Dictionary<string, int>> ContentsAsync()
    {
        await _both.Official.TextAsync("sync");
        JsonNode export = JsonNode.Parse(await _both.Official.TextAsync("export", "--format", "json", "--raw"))!;
        return export["items"]!.AsArray().Select(item => Content(item!.AsObject())).GroupBy(text => text).ToDictionary(same => same.Key, same => same.Count());
    }

    private static string Content(JsonObject item)
    {
        foreach (string name in s_ofCopy)
        {
            item.Remove(name);
        }

        return item.ToJsonString();
    }
}
