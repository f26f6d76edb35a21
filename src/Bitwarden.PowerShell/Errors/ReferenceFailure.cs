using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Errors;

/// <summary>A reference that gives no value.</summary>
/// <param name="Place">Where it stands: the name of a variable, a line and column, or the reference itself.</param>
/// <param name="Failure">Why.</param>
public sealed record ReferenceFailure(string Place, BitwardenException Failure)
{
    /// <summary>Both, in one line.</summary>
    public override string ToString() => $"{Place.Shown()}: {Failure.Message}";
}
