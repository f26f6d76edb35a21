namespace Bitwarden.HelpBuilder.Shapes;

/// <summary>What PowerShell adds to cmdlets.</summary>
internal static class CommonParameters
{
    private const string Switch = "System.Management.Automation.SwitchParameter";

    /// <summary>Added to every cmdlet; help describes them once, in about_CommonParameters.</summary>
    internal static IReadOnlyList<string> OfEveryCmdlet { get; } =
    [
        "Debug", "ErrorAction", "ErrorVariable", "InformationAction", "InformationVariable", "OutBuffer", "OutVariable",
        "PipelineVariable", "ProgressAction", "Verbose", "WarningAction", "WarningVariable",
    ];

    internal static IReadOnlyList<ParameterShape> OfShouldProcess { get; } = [Make("WhatIf", Switch, "wi"), Make("Confirm", Switch, "cf")];

    internal static IReadOnlyList<ParameterShape> OfPaging { get; } =
        [Make("IncludeTotalCount", Switch), Make("Skip", "System.UInt64"), Make("First", "System.UInt64")];

    internal static bool Has(string name) => OfEveryCmdlet.Contains(name, StringComparer.OrdinalIgnoreCase);

    internal static bool HasWithValue(string name) =>
        Has(name) && !name.Equals("Debug", StringComparison.OrdinalIgnoreCase) && !name.Equals("Verbose", StringComparison.OrdinalIgnoreCase);

    private static ParameterShape Make(string name, string type, params string[] aliases) =>
        new(name, type[(type.LastIndexOf('.') + 1)..], type, [new ParameterBinding(null)]) { Aliases = aliases, IsCommon = true };
}
