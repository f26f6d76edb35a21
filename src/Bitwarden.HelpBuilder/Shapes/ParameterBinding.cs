namespace Bitwarden.HelpBuilder.Shapes;

/// <summary>How a parameter binds in one set, or in every set when none is named.</summary>
internal sealed record ParameterBinding(string? Set)
{
    internal bool IsMandatory { get; init; }

    internal int? Position { get; init; }

    internal bool FromPipeline { get; init; }

    internal bool FromPipelineByPropertyName { get; init; }

    internal bool TakesPipelineInput => FromPipeline || FromPipelineByPropertyName;

    /// <summary>Pipeline binding in the words of Get-Help.</summary>
    internal string PipelineInput => (FromPipeline, FromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
