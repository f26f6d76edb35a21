using Bitwarden.Core.Errors;

namespace Bitwarden.PowerShell.Errors;

/// <summary>References that give no value, all of them. Nothing was given out, set or written.</summary>
public sealed class ReferencesException : BitwardenException
{
    private const int MostInMessage = 100;

    internal ReferencesException(IReadOnlyList<ReferenceFailure> failures)
        : base(ShellErrorCodes.ReferencesUnresolved, Describe(failures)) => Failures = failures;

    /// <summary>Each reference that failed, in the order in which they stand; the message has the first hundred.</summary>
    public IReadOnlyList<ReferenceFailure> Failures { get; }

    private static string Describe(IReadOnlyList<ReferenceFailure> failures)
    {
        string count = failures.Count == 1 ? "A reference gives no value" : $"{failures.Count} references give no value";
        string more = failures.Count > MostInMessage ? $"{Environment.NewLine}and {failures.Count - MostInMessage} more." : string.Empty;
        return $"{count}. Nothing was given out.{string.Concat(failures.Take(MostInMessage).Select(one => $"{Environment.NewLine}{one}"))}{more}";
    }
}
