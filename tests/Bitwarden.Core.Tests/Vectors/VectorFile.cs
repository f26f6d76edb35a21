using System.Text.Json;

namespace Bitwarden.Core.Tests.Vectors;

/// <summary>The known answers, by the name of their row.</summary>
internal static class VectorFile
{
    private static readonly Lazy<Dictionary<string, JsonElement>> s_rows = new(Load);

    internal static JsonElement Row(string name) => s_rows.Value[name];

    internal static string Input(this JsonElement row, string name) => row.GetProperty("inputs").GetProperty(name).GetString()!;

    internal static int Number(this JsonElement row, string name) => row.GetProperty("inputs").GetProperty(name).GetInt32();

    internal static string Expected(this JsonElement row, string name) => row.GetProperty("expected").GetProperty(name).GetString()!;

    private static Dictionary<string, JsonElement> Load()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Vectors", "vectors.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.GetProperty("vectors").EnumerateArray()
            .ToDictionary(row => row.GetProperty("name").GetString()!, row => row.Clone());
    }
}
