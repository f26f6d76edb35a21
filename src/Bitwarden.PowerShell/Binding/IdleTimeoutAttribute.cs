using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Reads an idle time: a number is minutes. Zero is never.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdleTimeoutAttribute : TimeAttribute
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    private protected override TimeSpan? FromNumber(double number) =>
        Math.Abs(number) < TimeSpan.MaxValue.TotalMinutes ? TimeSpan.FromMinutes(number) : null;

    /// <inheritdoc/>
    private protected override TimeSpan Check(TimeSpan? time) => time switch
    {
        null => throw new ArgumentTransformationMetadataException(
            "The idle time is not a number of minutes, such as 15, and not a time span, such as '00:15:00'."),
        TimeSpan given when given == TimeSpan.Zero || given >= s_shortest => given,
        _ => throw new ArgumentTransformationMetadataException(
            "The idle time must be at least a second. For a vault that never locks by itself give 0."),
    };
}
