using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder.Checks;

/// <summary>
/// Tells which parameter set an example shows. A set fits when it has every parameter that is named and a position for every value without a name, when
/// each of its mandatory parameters is named, given by position or taken from the pipeline, and when what comes down the pipeline has a parameter to go to.
/// One set that fits is shown; of several the default one, as in PowerShell; so that a set that is not the default one needs an example that fits no other.
/// </summary>
internal static class ParameterSetMatcher
{
    internal static string? Match(CmdletShape cmdlet, ExampleCall call)
    {
        string[] fitting = call.IsSplatted ? [] : [.. cmdlet.Sets.Where(set => Fits(cmdlet, set, call))];
        return fitting is [string only] ? only : fitting.FirstOrDefault(set => set == cmdlet.DefaultSet);
    }

    private static bool Fits(CmdletShape cmdlet, string set, ExampleCall call)
    {
        ParameterShape[] named = [.. call.Names.Select(cmdlet.Find).OfType<ParameterShape>()];
        ParameterShape[] rest = [.. cmdlet.In(set).Except(named)];
        ParameterShape[] byPosition = [.. rest.Where(parameter => parameter.BindingIn(set)!.Position is not null).Take(call.Values)];
        ParameterBinding[] open = [.. rest.Except(byPosition).Select(parameter => parameter.BindingIn(set)!)];
        return named.All(parameter => parameter.BindingIn(set) is not null)
            && byPosition.Length == call.Values
            && open.All(binding => IsSatisfied(binding, call))
            && (!call.HasInput || open.Any(binding => binding.TakesPipelineInput));
    }

    private static bool IsSatisfied(ParameterBinding binding, ExampleCall call) => !binding.IsMandatory || (call.HasInput && binding.TakesPipelineInput);
}
