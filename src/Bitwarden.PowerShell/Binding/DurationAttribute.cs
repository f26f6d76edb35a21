using System.Globalization;
using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Reads a length of time. A plain number is refused: PowerShell would take it for ticks, and as text for days, and nobody knows what its writer meant.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The longest, in hours; 0 for any.</summary>
    public int MaxHours { get; init; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        TimeSpan? time = value switch
        {
            TimeSpan given => given,
            string text when text.Contains(':', StringComparison.Ordinal)
                && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan given) => given,
            _ => null,
        };
        if (MaxHours > 0 && time > TimeSpan.FromHours(MaxHours))
        {
            throw new ArgumentTransformationMetadataException($"The time span is longer than {MaxHours} hours.");
        }

        return time > TimeSpan.Zero
            ? time
            : throw new ArgumentTransformationMetadataException(
                "The value is not a time span above zero, such as '12:00:00', '7.00:00:00' for seven days, or (New-TimeSpan -Days 7).");
    }
}
