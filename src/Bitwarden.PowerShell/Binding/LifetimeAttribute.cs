using System.Globalization;
using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Reads how long an SSH agent keeps a key: a number is seconds, as for ssh-add, since PowerShell would take it for ticks; what has a colon is a time span.
/// The protocol knows whole seconds, and as many as fit 32 bits.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LifetimeAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return Read(value) is TimeSpan time && time.Ticks % TimeSpan.TicksPerSecond == 0 && time.TotalSeconds is >= 1 and <= uint.MaxValue
            ? time
            : throw new ArgumentTransformationMetadataException(
                $"The lifetime is not a number of whole seconds from 1 to {uint.MaxValue}, such as 3600, and not a time span, such as '01:00:00'.");
    }

    private static TimeSpan? Read(object? value) => value switch
    {
        TimeSpan time => time,
        string text when text.Contains(':', StringComparison.Ordinal) =>
            TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : null,
        string text => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds) ? TimeSpan.FromSeconds(seconds) : null,
        byte or short or ushort or int or uint or long => Seconds(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static TimeSpan? Seconds(long seconds) => seconds is > 0 and <= uint.MaxValue ? TimeSpan.FromSeconds(seconds) : null;
}
