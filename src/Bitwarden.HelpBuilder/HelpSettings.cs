namespace Bitwarden.HelpBuilder;

/// <summary>What the build says about the help as a whole.</summary>
/// <param name="OnlineAddress">Where the pages are on the web, with a slash at the end.</param>
internal sealed record HelpSettings(string Module, string HelpFile, string OnlineAddress)
{
    internal string OnlineVersion(string cmdlet) => $"{OnlineAddress}{cmdlet}.md";
}
