namespace Bitwarden.Core.Vault;

/// <summary>What <see cref="CipherCodec"/> makes of an item when more than its name is asked for.</summary>
internal sealed record ItemContent(
    string? Username,
    IReadOnlyList<string> Uris,
    IReadOnlyDictionary<string, ItemValue> Values,
    IReadOnlyList<ItemField> Fields,
    IReadOnlyList<ItemAttachment> Attachments)
{
    internal IReadOnlyList<ItemProblem> Problems { get; init; } = [];
}
