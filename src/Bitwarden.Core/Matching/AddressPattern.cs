using System.Text.RegularExpressions;

namespace Bitwarden.Core.Matching;

/// <summary>
/// A stored address that is a regular expression. Whoever may write to a shared collection wrote it, so that it gets little time, and where it can be
/// an engine that never backtracks.
/// </summary>
internal static class AddressPattern
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // No pattern that a person writes is longer; the time limit does not hold while a pattern is read.
    private const int Longest = 2_000;

    /// <summary>How long one pattern may take that goes back over what it has read. Ordinary ones need a millionth of it, also on a busy machine.</summary>
    internal static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(500);

    // Without going back, time grows with the length of the address only.
    private static readonly TimeSpan s_linearLimit = TimeSpan.FromSeconds(10);

    /// <summary>Whether a pattern fits; null when it took too long to say.</summary>
    internal static bool? IsMatch(string pattern, string address)
    {
        try
        {
            return pattern.Length <= Longest && Read(pattern).IsMatch(address);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            // No regular expression: fits nothing.
            return false;
        }
    }

    private static Regex Read(string pattern)
    {
        // The engine without backtracking writes out what is repeated by number, and nested numbers multiply.
        if (!pattern.Contains('{', StringComparison.Ordinal))
        {
            try
            {
                return new Regex(pattern, Options | RegexOptions.NonBacktracking, s_linearLimit);
            }
            catch (NotSupportedException)
            {
                // Looks around, or back at a group.
            }
        }

        return new Regex(pattern, Options, TimeLimit);
    }
}
