using System.Globalization;
using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Reads an idle time: a number is minutes, as text too, since PowerShell would take a number for ticks and the text for days; anything with a colon is a
/// time span. Zero is never.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdleTimeoutAttribute : ArgumentTransformationAttribute
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        TimeSpan time = Read(value) ?? throw new ArgumentTransformationMetadataException(
            "The idle time is not a number of minutes, such as 15, and not a time span, such as '00:15:00'.");
        return time == TimeSpan.Zero || time >= s_shortest
            ? time
            : throw new ArgumentTransformationMetadataException("The idle time must be at least a second. For a vault that never locks by itself give 0.");
    }

    private static TimeSpan? Read(object? value) => value switch
    {
        TimeSpan time => time,
        string text when text.Contains(':', StringComparison.Ordinal) =>
            TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : null,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double minutes) ? Minutes(minutes) : null,
        byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            Minutes(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static TimeSpan? Minutes(double minutes) => Math.Abs(minutes) < TimeSpan.MaxValue.TotalMinutes ? TimeSpan.FromMinutes(minutes) : null;
}
