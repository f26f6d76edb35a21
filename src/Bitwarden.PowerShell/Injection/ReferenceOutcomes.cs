using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Injection;

/// <summary>Does something with each of many references, and gathers what went wrong: each reference once, and each place where a failed one stands.</summary>
/// <param name="wanted">The references.</param>
/// <param name="isAboutOne">Whether a failure is about one reference alone; any other ends it all.</param>
internal sealed class ReferenceOutcomes(IReadOnlyList<WantedValue> wanted, Func<BitwardenException, bool> isAboutOne)
{
    private readonly Dictionary<string, BitwardenException> _failures = new(StringComparer.Ordinal);

    /// <summary>Whether anything went wrong.</summary>
    internal bool HasFailures => _failures.Count > 0;

    /// <summary>Does the work for each reference that nothing went wrong with before.</summary>
    internal void Try(Action<string> work)
    {
        foreach (string text in wanted.Select(one => one.Reference).Distinct(StringComparer.Ordinal).Where(text => !_failures.ContainsKey(text)))
        {
            try
            {
                work(text);
            }
            catch (BitwardenException e) when (isAboutOne(e))
            {
                e.Hint ??= ErrorHints.For(e);
                _failures[text] = e;
            }
        }
    }

    /// <exception cref="ReferencesException">Something went wrong.</exception>
    internal void ThrowFailures()
    {
        if (HasFailures)
        {
            throw new ReferencesException(
            [
                .. wanted.Where(one => _failures.ContainsKey(one.Reference)).Select(one => new ReferenceFailure(one.Place, _failures[one.Reference])),
            ]);
        }
    }
}
