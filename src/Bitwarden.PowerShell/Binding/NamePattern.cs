using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Binding;

/// <summary>A wildcard pattern that is known to be balanced. Case is ignored.</summary>
internal sealed class NamePattern
{
    private readonly WildcardPattern _pattern;

    /// <exception cref="InvalidInputException">InvalidPattern.</exception>
    internal NamePattern(string text)
    {
        _pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
        try
        {
            // Read only when it is first used.
            _pattern.IsMatch(string.Empty);
        }
        catch (WildcardPatternException)
        {
            throw InputErrors.Pattern(text);
        }
    }

    internal bool IsMatch(string? text) => text is not null && _pattern.IsMatch(text);
}
