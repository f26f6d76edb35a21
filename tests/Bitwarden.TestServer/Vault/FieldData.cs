namespace Bitwarden.TestServer.Vault;

/// <summary>A custom field: 0 text, 1 hidden, 2 boolean, 3 linked.</summary>
public sealed record FieldData
{
    public int Type { get; init; }

    public string? Name { get; init; }

    [EncryptedLength(5_000)]
    public string? Value { get; init; }

    public int? LinkedId { get; init; }
}
