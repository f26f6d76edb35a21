namespace Bitwarden.Core.Ssh;

/// <summary>What an agent must keep to when it uses a key.</summary>
/// <param name="Seconds">After how many seconds it forgets the key, one or more; null for never.</param>
/// <param name="Confirm">Whether it asks its user before each use.</param>
public sealed record SshKeyConstraints(uint? Seconds, bool Confirm)
{
    internal bool IsEmpty => Seconds is null && !Confirm;

    /// <summary>Makes constraints of a time.</summary>
    /// <param name="lifetime">The time; null for no limit.</param>
    /// <param name="confirm">Whether the agent asks its user before each use.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not one of whole seconds, or not of 1 to 4,294,967,295.</exception>
    public static SshKeyConstraints Of(TimeSpan? lifetime, bool confirm)
    {
        bool fits = lifetime is not TimeSpan time
            || (time.Ticks > 0 && time.Ticks % TimeSpan.TicksPerSecond == 0 && time.Ticks / TimeSpan.TicksPerSecond <= uint.MaxValue);
        return fits ? new((uint?)(lifetime?.Ticks / TimeSpan.TicksPerSecond), confirm) : throw new ArgumentOutOfRangeException(nameof(lifetime));
    }
}
