namespace Bitwarden.TestServer.Vault;

/// <summary>A card; all members are encrypted.</summary>
public sealed record CardData
{
    public string? CardholderName { get; init; }

    public string? Brand { get; init; }

    public string? Number { get; init; }

    public string? ExpMonth { get; init; }

    public string? ExpYear { get; init; }

    public string? Code { get; init; }
}
