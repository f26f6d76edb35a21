namespace Bitwarden.Module.Tests.Agents;

/// <summary>A step of a pipeline.</summary>
/// <param name="Name">What the log calls it.</param>
/// <param name="Script">What it runs.</param>
/// <param name="Shell">In what.</param>
/// <param name="Environment">The variables that it maps, with places for values.</param>
internal sealed record PipelineStep(string Name, string Script, string Shell, IReadOnlyList<KeyValuePair<string, string>> Environment);
