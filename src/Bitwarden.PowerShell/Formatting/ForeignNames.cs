using Bitwarden.Core.Errors;

namespace Bitwarden.PowerShell.Formatting;

/// <summary>Names that others wrote, for our messages and prompts.</summary>
internal static class ForeignNames
{
    internal static string Shown(this string? name) => ForeignText.Show(name, ForeignText.NameLength);
}
