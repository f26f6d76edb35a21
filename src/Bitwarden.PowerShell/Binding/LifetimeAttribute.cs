using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Reads how long an SSH agent keeps a key: a number is seconds, as for ssh-add. The protocol knows whole seconds, and as many as fit 32 bits.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LifetimeAttribute : TimeAttribute
{
    /// <inheritdoc/>
    private protected override TimeSpan? FromNumber(double number) => number is >= 1 and <= uint.MaxValue ? TimeSpan.FromSeconds(number) : null;

    /// <inheritdoc/>
    private protected override TimeSpan Check(TimeSpan? time) =>
        time is TimeSpan given && given.Ticks % TimeSpan.TicksPerSecond == 0 && given.TotalSeconds is >= 1 and <= uint.MaxValue
            ? given
            : throw new ArgumentTransformationMetadataException(
                $"The lifetime is not a number of whole seconds from 1 to {uint.MaxValue}, such as 3600, and not a time span, such as '01:00:00'.");
}
