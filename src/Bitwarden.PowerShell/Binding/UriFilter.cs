using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Matching;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Which stored addresses a user means: an address, compared in the way that each item asks for, or a pattern over the whole stored address. A question mark or
/// a bracket is part of an address; a star never is.
/// </summary>
internal sealed class UriFilter
{
    private readonly NamePattern? _pattern;
    private readonly AddressMatcher? _address;

    /// <exception cref="InvalidInputException">InvalidPattern.</exception>
    internal UriFilter(UnlockedVault vault, string text)
    {
        bool isPattern = text.Contains('*', StringComparison.Ordinal)
            || (WildcardPattern.ContainsWildcardCharacters(text) && !AddressMatcher.IsAddress(text));
        _pattern = isPattern ? new NamePattern(text) : null;
        _address = isPattern ? null : vault.MatcherFor(text);
    }

    /// <summary>How many stored patterns took too long to be tried to the end.</summary>
    internal int SlowPatterns => _address?.SlowPatterns ?? 0;

    internal bool IsMatch(VaultItem item) => _pattern is not null ? item.Uris.Any(_pattern.IsMatch) : item.HasAddress(_address!);
}
