using System.Globalization;
using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Reads a length of time: what has a colon is a time span. A plain number is whatever unit the parameter has: PowerShell would take it for ticks, and as text
/// for days.
/// </summary>
internal abstract class TimeAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public sealed override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Check(Read(inputData is PSObject wrapped ? wrapped.BaseObject : inputData));

    /// <summary>What a plain number means; null for nothing.</summary>
    private protected virtual TimeSpan? FromNumber(double number) => null;

    /// <param name="time">What was given; null for what is no length of time.</param>
    /// <exception cref="ArgumentTransformationMetadataException">It is not one that the parameter takes.</exception>
    private protected abstract TimeSpan Check(TimeSpan? time);

    private TimeSpan? Read(object? value) => value switch
    {
        TimeSpan time => time,
        string text when text.Contains(':', StringComparison.Ordinal) =>
            TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : null,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? FromNumber(number) : null,
        byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            FromNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => null,
    };
}
