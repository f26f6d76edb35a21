namespace Bitwarden.Core.Vault;

/// <summary>A moment in eight bytes, or none.</summary>
internal readonly record struct UtcTime(long Ticks)
{
    internal DateTimeOffset? Value => Ticks == 0 ? null : new DateTimeOffset(Ticks, TimeSpan.Zero);

    internal static UtcTime From(DateTimeOffset? time) => new(time?.UtcTicks ?? 0);
}
