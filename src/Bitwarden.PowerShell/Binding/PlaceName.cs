using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Which folders, collections or organizations a user means. As with items, a name is taken literally where one has it, and only otherwise as a pattern; an id
/// is a name too.
/// </summary>
internal static class PlaceName
{
    /// <exception cref="InvalidInputException">InvalidPattern.</exception>
    internal static IReadOnlyList<T> Find<T>(IReadOnlyList<T> places, string text)
        where T : IVaultPlace
    {
        T[] literal = [.. places.Where(place => IsNamed(place, text))];
        if (literal.Length > 0 || !WildcardPattern.ContainsWildcardCharacters(text))
        {
            return literal;
        }

        NamePattern pattern = new(text);
        return [.. places.Where(place => pattern.IsMatch(place.Name) || IsNamed(place, WildcardPattern.Unescape(text)))];
    }

    private static bool IsNamed<T>(T place, string text)
        where T : IVaultPlace =>
        text.Equals(place.Name, StringComparison.OrdinalIgnoreCase) || (Guid.TryParse(text, out Guid id) && id == place.Id);
}
