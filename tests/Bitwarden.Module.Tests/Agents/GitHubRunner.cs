using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bitwarden.Module.Tests.Agents;

/// <summary>
/// The runner of GitHub Actions: ActionCommand, ActionCommandManager, FileCommandManager and ValueEncoders of actions/runner at 258d6c8.
/// </summary>
internal sealed class GitHubRunner() : BuildAgent(new LogMasker(Base64, Base64Behind1, Base64Behind2, Json, Uri.EscapeDataString, Xml))
{
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] s_known = ["add-mask", "debug", "warning", "error", "notice", "group", "endgroup", "echo", "set-output"];

    /// <summary>Reads GITHUB_ENV or GITHUB_OUTPUT as the runner does after a step.</summary>
    internal void ReadFile(string path, IDictionary<string, string> into)
    {
        Queue<string> lines = new(File.ReadAllText(path).Split('\n'));
        while (lines.TryDequeue(out string? line))
        {
            if (line.Length > 0)
            {
                (string name, string value) = ReadPair(line, lines);
                into[name] = value;
                Write($"##[debug]Set {name} = {value}");
            }
        }
    }

    private protected override bool TryTake(string line)
    {
        string trimmed = line.TrimStart();
        int end = trimmed.StartsWith("::", StringComparison.Ordinal) ? trimmed.IndexOf("::", 2, StringComparison.Ordinal) : -1;
        string command = end < 0 ? string.Empty : trimmed[2..end].Split(' ')[0];
        if (!s_known.Contains(command, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        string data = trimmed[(end + 2)..].Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal)
            .Replace("%25", "%", StringComparison.Ordinal);
        if (command.Equals("add-mask", StringComparison.OrdinalIgnoreCase))
        {
            AddMask(data);
        }
        else
        {
            Write($"##[{command}]{data}");
        }

        return true;
    }

    private void AddMask(string data)
    {
        if (string.IsNullOrWhiteSpace(data))
        {
            Write("##[warning]Can't add secret mask for empty string in ##[add-mask] command.");
            return;
        }

        Masker.Add(data);
        foreach (string item in data.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Masker.Add(item);
        }
    }

    private static (string Name, string Value) ReadPair(string line, Queue<string> lines)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        int arrows = line.IndexOf("<<", StringComparison.Ordinal);
        if (equals >= 0 && (arrows < 0 || equals < arrows))
        {
            return (line[..equals], line[(equals + 1)..]);
        }

        if (arrows <= 0 || arrows + 2 == line.Length)
        {
            throw new InvalidDataException($"Invalid format '{line}'.");
        }

        string delimiter = line[(arrows + 2)..];
        List<string> value = [];
        for (string next; (next = lines.Dequeue()) != delimiter;)
        {
            value.Add(next);
        }

        return (line[..arrows], string.Join('\n', value));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Base64Behind1(string text) => Base64Behind(text, 1);

    private static string Base64Behind2(string text) => Base64Behind(text, 2);

    private static string Base64Behind(string text, int count) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text).Skip(count).ToArray());

    private static string Json(string text) => JsonSerializer.Serialize(text, s_relaxed)[1..^1];

    private static string Xml(string text) => SecurityElement.Escape(text);
}
