using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder.Output;

/// <summary>The yaml blocks of a parameter: one for each way in which it binds.</summary>
internal static class ParameterMetadata
{
    internal static string[] Lines(ParameterShape parameter, string? defaultValue)
    {
        IEnumerable<string> blocks = parameter.Bindings.GroupBy(binding => binding with { Set = null })
            .Select(group => string.Join('\n', Block(parameter, [.. group], defaultValue ?? DefaultValue(parameter))));
        return string.Join("\n\n", blocks).Split('\n');
    }

    /// <summary>What the help says where the author says nothing.</summary>
    internal static string DefaultValue(ParameterShape parameter) => parameter.IsSwitch ? "False" : "None";

    private static IEnumerable<string> Block(ParameterShape parameter, ParameterBinding[] bindings, string defaultValue)
    {
        ParameterBinding binding = bindings[0];
        string[] values = parameter.AcceptedValues.Count == 0 ? [] : [$"Accepted values: {string.Join(", ", parameter.AcceptedValues)}"];
        return
        [
            "```yaml",
            $"Type: {parameter.TypeName}",
            $"Parameter Sets: {(binding.Set is null ? "(All)" : string.Join(", ", bindings.Select(each => each.Set)))}",
            $"Aliases: {string.Join(", ", parameter.Aliases)}".TrimEnd(),
            .. values,
            "",
            $"Required: {binding.IsMandatory}",
            $"Position: {binding.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "Named"}",
            $"Default value: {defaultValue}",
            $"Accept pipeline input: {binding.PipelineInput}",
            $"Accept wildcard characters: {parameter.AcceptsWildcards}",
            "```",
        ];
    }
}
