namespace Bitwarden.Core.Api.Wire;

/// <summary>A custom field of an item.</summary>
internal sealed record FieldRecord
{
    public int? Type { get; init; }

    public string? Name { get; init; }

    public string? Value { get; init; }

    public int? LinkedId { get; init; }
}
