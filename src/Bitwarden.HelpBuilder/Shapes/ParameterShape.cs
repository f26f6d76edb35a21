namespace Bitwarden.HelpBuilder.Shapes;

/// <summary>A parameter as it is compiled.</summary>
internal sealed record ParameterShape(string Name, string TypeName, string TypeFullName, IReadOnlyList<ParameterBinding> Bindings)
{
    internal IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The names of the enum, or of ValidateSet; empty for any value.</summary>
    internal IReadOnlyList<string> AcceptedValues { get; init; } = [];

    internal bool AcceptsWildcards { get; init; }

    /// <summary>WhatIf, Confirm or a paging parameter: PowerShell adds it, no property of the class stands for it.</summary>
    internal bool IsCommon { get; init; }

    internal bool IsSwitch => TypeFullName == "System.Management.Automation.SwitchParameter";

    internal bool IsArray => TypeName.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>The type of what is piped in: a list comes one by one.</summary>
    internal string ElementTypeFullName => IsArray ? TypeFullName[..^2] : TypeFullName;

    internal bool TakesPipelineInput => Bindings.Any(binding => binding.TakesPipelineInput);

    /// <summary>How the parameter binds in a set; null when it is not in it.</summary>
    internal ParameterBinding? BindingIn(string set) => Bindings.FirstOrDefault(binding => binding.Set is null || binding.Set == set);

    internal bool IsCalled(string name) =>
        name.Equals(Name, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);
}
