using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Transfer;
using Bitwarden.TestServer.Vault;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>Files that our engine exports, the official client imports, and the reverse: every item is there twice then, with the same values.</summary>
public sealed class OfficialClientTransferTests : IClassFixture<WritingFixture>, IAsyncLifetime
{
    private const string Password = "größe 1";
    private static readonly string[] s_ofCopy = ["id", "creationDate", "revisionDate"];
    private readonly WritingFixture _both;
    private HashSet<Guid> _items = [];
    private HashSet<Guid> _folders = [];

    public OfficialClientTransferTests(WritingFixture both)
    {
        Skip.When(both.Missing is not null, both.Missing);
        _both = both;
    }

    private VaultStore Stored => _both.Account.Vault;

    private StoredOrganization Organization => Stored.Organizations[0];

    public ValueTask InitializeAsync()
    {
        _items = [.. Stored.Ciphers.Select(item => item.Id)];
        _folders = [.. Stored.Folders.Select(folder => folder.Id)];
        Stored.Put(Organization with { AllowsTransfer = true });
        return ValueTask.CompletedTask;
    }

    // What was imported goes, or each test would have twice the items of the one before.
    public ValueTask DisposeAsync()
    {
        foreach (StoredCipher item in Stored.Ciphers.Where(item => !_items.Contains(item.Id)))
        {
            Stored.Remove(item.Id);
        }

        foreach (StoredFolder folder in Stored.Folders.Where(folder => !_folders.Contains(folder.Id)))
        {
            Stored.RemoveFolder(folder.Id);
        }

        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(ExportFormat.Json)]
    [InlineData(ExportFormat.AccountEncryptedJson)]
    public async Task WhatWeExportIsImportedThere(ExportFormat format)
    {
        Dictionary<string, int> before = Contents(await TheirsAsync());
        string path = await ExportAsync(new ExportOptions { Format = format });
        await _both.Official.TextAsync("import", "bitwardenjson", path);
        Assert.Equal(Doubled(before), Contents(await TheirsAsync()));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("encrypted_json")]
    [InlineData("encrypted_json", "--password", Password)]
    public async Task WhatItExportsIsImportedHere(string format, params string[] more)
    {
        Dictionary<string, int> before = Contents(await TheirsAsync());
        string path = _both.TemporaryFile() + format + more.Length;
        await _both.Official.TextAsync(["export", "--format", format, "--output", path, .. more]);
        await ImportAsync(path, new ImportOptions(), more.LastOrDefault());
        Assert.Equal(Doubled(before), Contents(await TheirsAsync()));
    }

    // A file with a password holds a plain one, so that this is about both.
    [Fact]
    public async Task WhatWeExportOfAnOrganizationWithAPasswordIsImportedThere()
    {
        string organization = Organization.Id.ToString();
        Dictionary<string, int> before = Contents(await TheirsAsync("--organizationid", organization));
        using SecretBytes password = SecretBytes.FromCharacters(Password);
        string path = await ExportAsync(new ExportOptions { Format = ExportFormat.EncryptedJson, Password = password, OrganizationId = Organization.Id });
        await _both.Official.ImportAsync(Password, "--organizationid", organization, "bitwardenjson", path);
        Assert.NotEmpty(before);
        Assert.Equal(Doubled(before), Contents(await TheirsAsync("--organizationid", organization)));
    }

    [Fact]
    public async Task WhatItExportsOfAnOrganizationIsImportedHere()
    {
        string[] organization = ["--organizationid", Organization.Id.ToString()];
        string path = _both.TemporaryFile();
        await _both.Official.TextAsync("sync");
        await _both.Official.TextAsync(["export", "--format", "json", "--output", path, .. organization]);
        Dictionary<string, int> before = Contents(JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject());
        await ImportAsync(path, new ImportOptions { OrganizationId = Organization.Id });
        Assert.NotEmpty(before);
        Assert.Equal(Doubled(before), Contents(await TheirsAsync(organization)));
    }

    [Fact]
    public async Task TableOfOursIsImportedThere()
    {
        IEnumerable<string> before = Rows(await TheirsAsync());
        string path = await ExportAsync(new ExportOptions { Format = ExportFormat.Csv });
        await _both.Official.TextAsync("import", "bitwardencsv", path);
        Assert.Equal(before.Concat(before).Order(), Rows(await TheirsAsync()).Order());
    }

    // It writes a word where a field has no value.
    [Fact]
    public async Task TableOfTheOfficialClientIsImportedHere()
    {
        JsonObject theirs = await TheirsAsync();
        string path = _both.TemporaryFile();
        await _both.Official.TextAsync("export", "--format", "csv", "--output", path);
        await ImportAsync(path, new ImportOptions());
        Assert.Equal(Rows(theirs).Concat(Rows(theirs, noValue: "undefined")).Order(), Rows(await TheirsAsync()).Order());
    }

    private static Dictionary<string, int> Doubled(Dictionary<string, int> counts) => counts.ToDictionary(pair => pair.Key, pair => 2 * pair.Value);

    private async Task<string> ExportAsync(ExportOptions options)
    {
        string path = $"{_both.TemporaryFile()}{options.Format}";
        await _both.Session.SyncAsync(force: true);
        await _both.Session.GetExporter().SaveAsync(path, options);
        return path;
    }

    private async Task ImportAsync(string path, ImportOptions options, string? password = null)
    {
        await _both.Session.SyncAsync(force: true);
        using SecretBytes? secret = password is null ? null : SecretBytes.FromCharacters(password);
        VaultImporter importer = _both.Session.GetWriter().Import;
        await importer.SendAsync(await importer.PrepareAsync(path, options with { Password = secret }));
    }

    private async Task<JsonObject> TheirsAsync(params string[] more)
    {
        await _both.Official.TextAsync("sync");
        return JsonNode.Parse(await _both.Official.TextAsync(["export", "--format", "json", "--raw", .. more]))!.AsObject();
    }

    private static Dictionary<string, int> Contents(JsonObject export) => export["items"]!.AsArray().Select(item => Content(item!.DeepClone().AsObject()))
        .GroupBy(text => text)
        .ToDictionary(same => same.Key, same => same.Count());

    private static string Content(JsonObject item)
    {
        foreach (string name in s_ofCopy)
        {
            item.Remove(name);
        }

        return item.ToJsonString();
    }

    // What a table can hold: logins and secure notes, with fields as text and without what belongs to an address.
    private static string[] Rows(JsonObject export, string noValue = "")
    {
        Dictionary<string, string> folders = export["folders"]!.AsArray().ToDictionary(folder => Text(folder!, "id"), folder => Text(folder!, "name"));
        return [.. export["items"]!.AsArray().Where(item => Text(item!, "type") is "1" or "2").Select(item => Row(item!, folders, noValue))];
    }

    private static string Row(JsonNode item, Dictionary<string, string> folders, string noValue)
    {
        JsonNode login = item["login"] ?? new JsonObject();
        string[] members = [.. new[] { "type", "name", "notes", "favorite", "reprompt", "archivedDate" }.Select(name => Text(item, name))];
        string[] values = [.. new[] { "username", "password", "totp" }.Select(name => Text(login, name))];
        IEnumerable<string> addresses = (login["uris"] as JsonArray ?? []).Select(uri => Text(uri!, "uri"));
        IEnumerable<string> fields = (item["fields"] as JsonArray ?? []).Select(field => $"{Text(field!, "name")}: {Text(field!, "value", noValue)}");
        return string.Join('\t', [folders.GetValueOrDefault(Text(item, "folderId")), .. members, .. values, .. addresses, .. fields]);
    }

    private static string Text(JsonNode holder, string name, string otherwise = "") => holder[name]?.ToString() ?? otherwise;
}
