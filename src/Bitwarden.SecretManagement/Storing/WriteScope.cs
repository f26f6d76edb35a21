using Bitwarden.Core.Vault;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>
/// What a registration lets be written, and where: the one place where that is decided. A registration that names no place reaches everything, and what it
/// makes is personal.
/// </summary>
/// <param name="Includes">Whether an item is within reach.</param>
/// <param name="OrganizationId">The organization that owns what is made; null for the account itself.</param>
/// <param name="CollectionIds">The collections that hold what is made.</param>
internal sealed record WriteScope(Func<VaultItem, bool> Includes, Guid? OrganizationId, IReadOnlyList<Guid> CollectionIds)
{
    /// <summary>Reads a registration.</summary>
    internal static WriteScope Of(VaultParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new WriteScope(_ => true, null, []);
    }

    /// <summary>Finds what a name means; null when there is no such item.</summary>
    /// <exception cref="Core.Errors.ItemLookupException">AmbiguousName.</exception>
    internal ResolvedReference? TryResolve(UnlockedVault vault, string name) =>
        ResolvedReference.TryResolve(vault, name) is ResolvedReference found && Includes(found.Item) ? found : null;
}
