using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Writing;
using Bitwarden.Core.Transfer;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;

namespace Bitwarden.Core.Tests.Transfer;

/// <summary>A session on an embedded server, and a folder for files.</summary>
internal sealed class TransferHarness : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bw-transfer-");
    private readonly WritingHarness _writing;

    private TransferHarness(WritingHarness writing, BitwardenSession session)
    {
        _writing = writing;
        Session = session;
    }

    internal EmbeddedServer Server => _writing.Server;

    internal TestAccount Account => _writing.Account;

    internal BitwardenSession Session { get; }

    internal VaultImporter Importer => Session.GetWriter().Import;

    internal static async Task<TransferHarness> StartAsync(Action<EmbeddedServer>? arrange = null)
    {
        WritingHarness writing = await WritingHarness.StartAsync();
        arrange?.Invoke(writing.Server);
        return new TransferHarness(writing, await writing.UnlockAsync());
    }

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);

    internal string Write(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    internal string Write(string name, JsonNode content) => Write(name, content.ToJsonString());

    internal async Task<(string Path, ExportSummary Summary)> ExportAsync(
        ExportFormat format, string? password = null, Guid? organization = null, bool skip = false)
    {
        string path = PathOf($"{Guid.NewGuid():N}");
        using SecretBytes? secret = password is null ? null : SecretBytes.FromCharacters(password);
        ExportSummary summary = await Session.GetExporter().SaveAsync(
            path, new ExportOptions { Format = format, Password = secret, OrganizationId = organization, SkipUnreadable = skip });
        return (path, summary);
    }

    internal async Task<ImportSummary> ImportAsync(string path, string? password = null, Guid? organization = null, bool resume = false)
    {
        using SecretBytes? secret = password is null ? null : SecretBytes.FromCharacters(password);
        ImportPlan plan = await Importer.PrepareAsync(path, new ImportOptions { Password = secret, OrganizationId = organization, Resume = resume });
        return await Importer.SendAsync(plan);
    }

    /// <summary>How often the vault has each content.</summary>
    internal async Task<Dictionary<string, int>> CountAsync(Guid? organization = null)
    {
        (string path, _) = await ExportAsync(ExportFormat.Json, organization: organization, skip: true);
        JsonObject export = OfficialExport.Read(path);
        Dictionary<string, string> names = ((export["folders"] ?? export["collections"])!.AsArray())
            .ToDictionary(place => place!["id"]!.GetValue<string>(), place => place!["name"]!.GetValue<string>());
        return export["items"]!.AsArray().Select(item => Content(item!.AsObject(), names))
            .GroupBy(text => text)
            .ToDictionary(same => same.Key, same => same.Count());
    }

    /// <summary>Items of a plain export: a name, a password and a folder each.</summary>
    internal static JsonObject PlainFile(IEnumerable<(string Name, string? Folder)> items)
    {
        (string Name, string? Folder)[] all = [.. items];
        return new JsonObject
        {
            ["encrypted"] = false,
            ["folders"] = new JsonArray([.. all.Select(item => item.Folder).OfType<string>().Distinct()
                .Select(folder => (JsonNode)new JsonObject { ["id"] = $"id of {folder}", ["name"] = folder })]),
            ["items"] = new JsonArray([.. all.Select(item => (JsonNode)new JsonObject
            {
                ["type"] = 1,
                ["name"] = item.Name,
                ["folderId"] = item.Folder is null ? null : $"id of {item.Folder}",
                ["login"] = new JsonObject { ["password"] = $"secret of {item.Name}" },
            })]),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Content(JsonObject item, Dictionary<string, string> names)
    {
        string place = item["folderId"]?.GetValue<string>() is string folder ? names[folder] : string.Empty;
        string collections = string.Join('|', (item["collectionIds"] as JsonArray ?? []).Select(id => names[id!.GetValue<string>()]).Order());
        foreach (string own in new[] { "id", "folderId", "collectionIds", "organizationId", "creationDate", "revisionDate" })
        {
            item.Remove(own);
        }

        return $"{item.ToJsonString()} in {place}{collections}";
    }
}
