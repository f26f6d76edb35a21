namespace Bitwarden.PowerShell.Pipelines;

/// <summary>A variable that later steps of a pipeline are to see.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsOutput">Whether other jobs may see it too.</param>
internal sealed record PipelineVariable(string Name, string Value, bool IsOutput)
{
    /// <summary>The name; never the value.</summary>
    public override string ToString() => Name;
}
