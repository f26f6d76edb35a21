namespace Bitwarden.Core.Api.Wire;

/// <summary>Answer of <c>GET config</c>: what kind of server this is.</summary>
internal sealed record ConfigResponse
{
    public string? Version { get; init; }

    public ConfigServerRecord? Server { get; init; }
}

/// <summary>Third-party servers name themselves; the official one leaves this out.</summary>
internal sealed record ConfigServerRecord
{
    public string? Name { get; init; }
}
