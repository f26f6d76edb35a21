namespace Bitwarden.PowerShell.Masking;

/// <summary>
/// Commands that the runner of GitHub Actions reads from the log (architecture 11). It takes one at the beginning of a line only, and decodes %0D and %0A
/// before %25.
/// </summary>
internal static class GitHubCommand
{
    /// <summary>Hides a text in the log from now on.</summary>
    internal static string AddMask(string text) => $"::add-mask::{Escape(text)}";

    private static string Escape(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);
}
