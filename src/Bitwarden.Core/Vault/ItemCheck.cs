namespace Bitwarden.Core.Vault;

/// <summary>What checking every part of an item found.</summary>
/// <param name="Problems">What cannot be read; empty when all is well.</param>
/// <param name="Values">How many encrypted values there are.</param>
/// <param name="Attachments">How many files there are.</param>
internal sealed record ItemCheck(IReadOnlyList<ItemProblem> Problems, int Values, int Attachments);
