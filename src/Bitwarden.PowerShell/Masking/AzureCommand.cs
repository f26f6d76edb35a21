namespace Bitwarden.PowerShell.Masking;

/// <summary>
/// Commands that the agent of Azure Pipelines reads from the log (architecture 11). It finds one anywhere in a line, ends its properties at the first
/// bracket, and decodes %3B, %0D, %0A and %5D before %AZP25.
/// </summary>
internal static class AzureCommand
{
    /// <summary>Hides a text in the log from now on.</summary>
    internal static string SetSecret(string text) => $"##vso[task.setsecret]{Escape(text)}";

    /// <summary>Gives later steps a secret variable.</summary>
    internal static string SetVariable(string name, string value, bool isOutput) =>
        $"##vso[task.setvariable variable={Escape(name)};issecret=true{(isOutput ? ";isOutput=true" : string.Empty)}]{Escape(value)}";

    private static string Escape(string text) => text
        .Replace("%", "%AZP25", StringComparison.Ordinal)
        .Replace(";", "%3B", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal)
        .Replace("]", "%5D", StringComparison.Ordinal);
}
