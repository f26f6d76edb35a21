using System.Text.Json.Nodes;

namespace Bitwarden.Core.Tests.Transfer;

/// <summary>What the official command-line client 2026.9.0 exported of the embedded server's main account: once as it is, once with a password.</summary>
internal static class OfficialExport
{
    internal const string Password = "Export pässwörd 1";

    internal static string PasswordFile => PathOf("official-password.json");

    internal static JsonObject Plain => Read(PathOf("official-plain.json"));

    internal static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    /// <summary>The items and folders of an export by their ids, without members that say nothing, so that two clients can be compared.</summary>
    internal static IReadOnlyDictionary<string, string> Describe(JsonObject export)
    {
        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (JsonNode? entry in new[] { "items", "folders", "collections" }.SelectMany(name => export[name] as JsonArray ?? []))
        {
            found[entry!["id"]!.GetValue<string>()] = Normal(entry)!.ToJsonString();
        }

        return found;
    }

    private static JsonNode? Normal(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Normal(member.Value))).Where(member => member.Value is not null)),
        JsonArray { Count: 0 } => null,
        JsonArray list => new JsonArray([.. list.Select(Normal)]),
        _ => node?.DeepClone(),
    };

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Transfer", name);
}
