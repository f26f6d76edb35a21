using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Reads a length of time above zero. A plain number is refused: nobody knows what its writer meant.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationAttribute : TimeAttribute
{
    /// <summary>The longest, in hours; 0 for any.</summary>
    public int MaxHours { get; init; }

    /// <inheritdoc/>
    private protected override TimeSpan Check(TimeSpan? time)
    {
        if (MaxHours > 0 && time > TimeSpan.FromHours(MaxHours))
        {
            throw new ArgumentTransformationMetadataException($"The time span is longer than {MaxHours} hours.");
        }

        return time > TimeSpan.Zero
            ? time.Value
            : throw new ArgumentTransformationMetadataException(
                "The value is not a time span above zero, such as '12:00:00', '7.00:00:00' for seven days, or (New-TimeSpan -Days 7).");
    }
}
