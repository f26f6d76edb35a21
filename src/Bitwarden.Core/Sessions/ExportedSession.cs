namespace Bitwarden.Core.Sessions;

/// <summary>What a session is in another process: where, who, its tokens, and its user key unless it was left out.</summary>
internal sealed record ExportedSession
{
    public required string Server { get; init; }

    public required Uri Identity { get; init; }

    public required Uri Api { get; init; }

    public required string Account { get; init; }

    public string? ClientId { get; init; }

    public required Guid DeviceIdentifier { get; init; }

    public required string AccessToken { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public string? RefreshToken { get; init; }

    public string? RememberToken { get; init; }

    public byte[]? UserKey { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "ExportedSession";
}
