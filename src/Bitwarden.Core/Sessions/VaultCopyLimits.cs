using Bitwarden.Core.Api;

namespace Bitwarden.Core.Sessions;

/// <summary>What a copy of a vault must be to be used.</summary>
public sealed record VaultCopyLimits
{
    /// <summary>The oldest that it may be; null for any age. A copy with a date to come has no age, and is refused where one is asked for.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The server that its account is on; null for any. Counts together with <see cref="UserId"/>.</summary>
    public ServerEnvironment? Server { get; init; }

    /// <summary>The user's id, which is part of the client id; null for any.</summary>
    public Guid? UserId { get; init; }
}
