using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bitwarden.Module.Tests.Agents;

/// <summary>
/// The agent of Azure Pipelines: Command, CommandStringConvertor, TaskCommandExtension and WorkerCommandManager of microsoft/azure-pipelines-agent at 42bde98.
/// </summary>
internal sealed class AzureAgent(bool decodesPercents = true) : BuildAgent(new LogMasker(Json, Uri.EscapeDataString, Backslashes))
{
    private const string Prefix = "##vso[";
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The names of variables that other jobs may see.</summary>
    internal List<string> Outputs { get; } = [];

    private protected override bool TryTake(string line)
    {
        int start = line.IndexOf(Prefix, StringComparison.Ordinal);
        int end = start < 0 ? -1 : line.IndexOf(']', start);
        if (end < 0)
        {
            return false;
        }

        string[] head = line[(start + Prefix.Length)..end].Split(' ', 2);
        if (head[0].Split('.', StringSplitOptions.RemoveEmptyEntries).Length != 2)
        {
            return false;
        }

        Execute(head[0], Properties(head.ElementAtOrDefault(1)), Unescape(line[(end + 1)..], decodesPercents), line);
        return true;
    }

    private void Execute(string name, Dictionary<string, string> properties, string data, string line)
    {
        switch (name)
        {
            case "task.setsecret":
                AddSecret(data);
                break;
            case "task.setvariable" when properties["issecret"] == "true" && data.Contains(Environment.NewLine, StringComparison.Ordinal):
                Write($"##[error]Unable to process command '{line}' successfully.");
                break;
            case "task.setvariable":
                SetVariable(properties, data);
                break;
        }

        Write($"##[debug]Processed: {Unescape(line, decodesPercents)}");
    }

    private void SetVariable(Dictionary<string, string> properties, string data)
    {
        Variables[properties["variable"]] = data;
        if (properties["issecret"] == "true")
        {
            AddSecret(data);
        }

        if (properties.GetValueOrDefault("isOutput") == "true")
        {
            Outputs.Add(properties["variable"]);
        }
    }

    private void AddSecret(string text)
    {
        Masker.Add(text);
        if (!decodesPercents)
        {
            Masker.Add(Unescape(text, percents: true));
        }
    }

    private Dictionary<string, string> Properties(string? text) => (text ?? string.Empty)
        .Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2, StringSplitOptions.RemoveEmptyEntries))
        .Where(pair => pair.Length == 2)
        .ToDictionary(pair => pair[0], pair => Unescape(pair[1], decodesPercents), StringComparer.OrdinalIgnoreCase);

    private static string Unescape(string text, bool percents)
    {
        string unescaped = text.Replace("%3B", ";", StringComparison.Ordinal).Replace("%0D", "\r", StringComparison.Ordinal)
            .Replace("%0A", "\n", StringComparison.Ordinal).Replace("%5D", "]", StringComparison.Ordinal);
        return percents ? unescaped.Replace("%AZP25", "%", StringComparison.Ordinal) : unescaped;
    }

    private static string Json(string text) => JsonSerializer.Serialize(text, s_relaxed)[1..^1];

    private static string Backslashes(string text) => text.Replace("\\\\", "\\", StringComparison.Ordinal);
}
