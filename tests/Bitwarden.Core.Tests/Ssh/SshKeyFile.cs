using System.Text.Json;

namespace Bitwarden.Core.Tests.Ssh;

/// <summary>The keys of keys.json, which ssh-keygen and openssl made.</summary>
internal static class SshKeyFile
{
    private static readonly JsonElement s_root = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Ssh", "keys.json"))).RootElement;

    internal static string Passphrase => s_root.GetProperty("passphrase").GetString()!;

    internal static IEnumerable<string> Names(string list) => s_root.GetProperty(list).EnumerateArray().Select(row => row.Text("name"));

    internal static JsonElement Row(string name) => s_root.GetProperty("good").EnumerateArray().Concat(s_root.GetProperty("refused").EnumerateArray())
        .Single(row => row.Text("name") == name);

    internal static string Text(this JsonElement row, string member) => row.GetProperty(member).GetString()!;
}
