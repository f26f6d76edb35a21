namespace Bitwarden.HelpBuilder;

/// <summary>The command line: <c>build</c> or <c>update</c>, then pairs of name and value.</summary>
/// <param name="Output">The help file to write; null to bring the pages up to date instead.</param>
internal sealed record BuildArguments(string Assembly, IReadOnlyList<string> References, string Pages, string? Output, HelpSettings Settings)
{
    internal static BuildArguments Parse(string[] arguments)
    {
        ILookup<string, string> values = arguments.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
        string assembly = Required(values, "--assembly");
        return new BuildArguments(
            assembly,
            [.. values["--reference"]],
            Required(values, "--pages"),
            arguments[0] == "update" ? null : Required(values, "--output"),
            new HelpSettings(Required(values, "--module"), Path.GetFileName(assembly) + "-Help.xml", Required(values, "--online")));
    }

    private static string Required(ILookup<string, string> values, string name) =>
        values[name].FirstOrDefault() ?? throw new ArgumentException($"{name} is missing.");
}
