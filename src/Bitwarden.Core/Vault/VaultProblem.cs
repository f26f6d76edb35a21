namespace Bitwarden.Core.Vault;

/// <summary>A part of a vault that could not be read.</summary>
/// <param name="Id">The id of the item; of the folder or collection, when it is the name of one.</param>
/// <param name="Name">The item's unique name; null for a folder or collection.</param>
/// <param name="Field">Which part: one of an item, as in <see cref="ItemProblem.Field"/>; or <c>folder</c>, or <c>collection</c>.</param>
/// <param name="Code">Why, as in <see cref="ItemProblem.Code"/>.</param>
public sealed record VaultProblem(Guid Id, string? Name, string Field, string Code)
{
    /// <summary>What is broken, and the reason.</summary>
    public override string ToString() => Name is null ? $"{Field} {Id} ({Code})" : $"{Name}: {Field} ({Code})";
}
