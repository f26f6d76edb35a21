namespace Bitwarden.Core.Api.Wire;

/// <summary>Answer of <c>POST accounts/api-key</c> and <c>accounts/rotate-api-key</c>; the client id is not in it.</summary>
internal sealed record ApiKeyResponse
{
    public string? ApiKey { get; init; }

    public DateTimeOffset? RevisionDate { get; init; }
}

/// <summary>Answer of <c>GET user-keys</c> of a Key Connector: 32 bytes in base64, in place of a master key.</summary>
internal sealed record KeyConnectorResponse
{
    public string? Key { get; init; }
}
