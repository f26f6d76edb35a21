namespace Bitwarden.HelpBuilder.Shapes;

/// <summary>A cmdlet as it is compiled. Nothing here is written by hand.</summary>
internal sealed record CmdletShape(string Name, string? DefaultSet, IReadOnlyList<ParameterShape> Parameters, IReadOnlyList<string> OutputTypes)
{
    /// <summary>The only set of a cmdlet whose parameters name none. PowerShell calls it so too.</summary>
    internal const string SingleSet = "__AllParameterSets";

    /// <summary>The parameter sets, the default one first.</summary>
    internal IReadOnlyList<string> Sets { get; } = FindSets(DefaultSet, Parameters);

    /// <summary>Whether one of several sets is the one that is taken when a command line fits more than one.</summary>
    internal bool IsDefault(string set) => Sets.Count > 1 && set == DefaultSet;

    /// <summary>The parameters of a set in the order of Get-Command -Syntax: by position, mandatory ones, the others, what PowerShell adds.</summary>
    internal IEnumerable<ParameterShape> In(string set) => Parameters.Where(parameter => parameter.BindingIn(set) is not null)
        .OrderBy(parameter => parameter.IsCommon)
        .ThenBy(parameter => parameter.BindingIn(set)!.Position ?? int.MaxValue)
        .ThenBy(parameter => !parameter.BindingIn(set)!.IsMandatory);

    /// <summary>The parameter that a name on a command line means: its own name, an alias, or the beginning of exactly one name.</summary>
    internal ParameterShape? Find(string name)
    {
        ParameterShape? exact = Parameters.FirstOrDefault(parameter => parameter.IsCalled(name));
        ParameterShape[] longer = [.. Parameters.Where(parameter => parameter.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))];
        return exact ?? (longer is [ParameterShape only] ? only : null);
    }

    private static string[] FindSets(string? defaultSet, IReadOnlyList<ParameterShape> parameters)
    {
        IEnumerable<string> named = parameters.SelectMany(parameter => parameter.Bindings).Select(binding => binding.Set).OfType<string>();
        string[] sets = [.. (defaultSet is null ? [] : new[] { defaultSet }).Concat(named).Distinct()];
        return sets.Length > 0 ? sets : [SingleSet];
    }
}
