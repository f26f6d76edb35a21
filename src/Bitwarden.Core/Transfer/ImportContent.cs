namespace Bitwarden.Core.Transfer;

/// <summary>What a file holds, with every item encrypted for its new owner.</summary>
/// <param name="Places">Folders or collections.</param>
/// <param name="Items">The items.</param>
internal sealed record ImportContent(IReadOnlyList<ImportPlace> Places, IReadOnlyList<ImportItem> Items);
