using System.Globalization;
using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Reads a number of seconds, as text too. Not left to PowerShell, which would take null for zero, and that means never.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ClearAfterAttribute : ArgumentTransformationAttribute
{
    private const double Longest = 86_400;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        bool isNumber = value is not null
            && double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        double seconds = isNumber ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : -1;
        return seconds is >= 0 and <= Longest
            ? (int)Math.Ceiling(seconds)
            : throw new ArgumentTransformationMetadataException($"The time is not a number of seconds from 1 to {Longest}, or 0 for never.");
    }
}
