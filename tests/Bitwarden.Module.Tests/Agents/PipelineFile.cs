using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Bitwarden.Module.Tests.Agents;

/// <summary>A file of a pipeline, as far as the samples use one.</summary>
internal static partial class PipelineFile
{
    /// <summary>The steps of a workflow's only job that run a script, with the environment of job and step.</summary>
    internal static IReadOnlyList<PipelineStep> OfGitHub(string text)
    {
        IDictionary<object, object> job = Map(Map(Read(text)["jobs"]).Single().Value);
        string shell = (string)Map(Map(job["defaults"])["run"])["shell"];
        return [.. Steps(job).Where(step => step.ContainsKey("run")).Select(step =>
            new PipelineStep((string)step["name"], (string)step["run"], shell, [.. Variables(job), .. Variables(step)]))];
    }

    /// <summary>The steps that run a script in PowerShell.</summary>
    internal static IReadOnlyList<PipelineStep> OfAzure(string text) => [.. Steps(Read(text)).Where(step => step.ContainsKey("pwsh")).Select(step =>
        new PipelineStep((string)step["displayName"], (string)step["pwsh"], "pwsh", Variables(step)))];

    /// <summary>The jobs in their order; a script of a job is a list of command lines.</summary>
    internal static IReadOnlyList<(PipelineStep Step, string? DotEnv)> OfGitLab(string text)
    {
        Dictionary<string, object> file = Read(text);
        KeyValuePair<string, string>[] common = Variables(file, "variables");
        return [.. file.Values.OfType<IDictionary<object, object>>().Where(job => job.ContainsKey("script")).Select(job => (
            new PipelineStep((string)job["stage"], (string)((List<object>)job["script"]).Single(), "sh", common),
            job.TryGetValue("artifacts", out object? artifacts) ? (string)Map(Map(artifacts)["reports"])["dotenv"] : null))];
    }

    /// <summary>Puts values in the places of <c>${{ name }}</c>, <c>$(name)</c> or <c>$NAME</c>.</summary>
    internal static string Fill(string text, Func<string, string> value) => Place().Replace(text, match => value(match.Groups["name"].Value));

    private static Dictionary<string, object> Read(string text) => new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(text);

    private static IEnumerable<IDictionary<object, object>> Steps(object job) =>
        ((List<object>)(job is IDictionary<object, object> map ? map["steps"] : ((Dictionary<string, object>)job)["steps"])).Select(Map);

    private static KeyValuePair<string, string>[] Variables(object step, string name = "env")
    {
        object? found = step is IDictionary<object, object> map ? map.TryGetValue(name, out object? value) ? value : null
            : ((Dictionary<string, object>)step).GetValueOrDefault(name);
        return found is null ? [] : [.. Map(found).Select(pair => KeyValuePair.Create((string)pair.Key, (string)pair.Value))];
    }

    private static IDictionary<object, object> Map(object value) => (IDictionary<object, object>)value;

    [GeneratedRegex(@"\$\{\{ *(?<name>[\w.]+) *\}\}|\$\((?<name>[\w.]+)\)|\$(?<name>\w+)")]
    private static partial Regex Place();
}
