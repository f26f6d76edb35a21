using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>What a name means for a write, in a vault that was just brought up to date.</summary>
/// <param name="Vault">The vault.</param>
/// <param name="Scope">The part of it that the registration is confined to.</param>
/// <param name="Name">The name as it was given.</param>
/// <param name="Reference">The item, and what of it; null when there is none.</param>
internal sealed record WriteTarget(UnlockedVault Vault, VaultScope Scope, string Name, ResolvedReference? Reference)
{
    /// <summary>
    /// Looks, fetches what changed, and looks again. Nobody tells us about -NoClobber, which looked before we did (SecretManagement fact 20): what appeared or
    /// went meanwhile is a failure, never something to write over or to make anew.
    /// </summary>
    /// <exception cref="ItemLookupException">AmbiguousName.</exception>
    /// <exception cref="ItemWriteException">ItemChanged: the name means something else than before.</exception>
    internal static async Task<WriteTarget> FindAsync(
        BitwardenSession session, Func<UnlockedVault, VaultScope> scopeOf, string name, CancellationToken cancellationToken)
    {
        UnlockedVault old = session.GetVault();
        ResolvedReference? before = ResolvedReference.TryResolve(old, name, scopeOf(old));
        await session.SyncAsync(force: false, cancellationToken).ConfigureAwait(false);
        UnlockedVault vault = session.GetVault();
        VaultScope scope = scopeOf(vault);
        ResolvedReference? after = ResolvedReference.TryResolve(vault, name, scope);
        if (after is null && before is not null)
        {
            throw ItemWriteException.Gone(before.Item.UniqueName, before.Item.Id);
        }

        return after is null || (before?.Item.Id == after.Item.Id && before.Selector == after.Selector)
            ? new WriteTarget(vault, scope, name, after)
            : throw ItemWriteException.Appeared(name, after.Item.Id);
    }

    /// <summary>Where a new item of the name is made: in the folder that the name says, otherwise in that of the registration.</summary>
    /// <inheritdoc cref="ItemPlace.Of" path="/exception"/>
    internal ItemPlace NewPlace()
    {
        ItemPlace place = ItemPlace.Of(Vault, Name);
        return place with { FolderId = place.FolderId ?? Scope.FolderId };
    }

    /// <summary>Refuses an edit that puts the item into a folder where the registration does not reach.</summary>
    /// <exception cref="InvalidInputException">UnsupportedSecret.</exception>
    internal void EnsureInside(ItemEdit edit)
    {
        if (edit.ChangesFolder && Scope.FolderId is Guid folder && edit.FolderId != folder)
        {
            throw StoringErrors.Unsupported("The vault is confined to another folder.");
        }
    }

    /// <summary>The item.</summary>
    /// <exception cref="ItemLookupException">ItemNotFound.</exception>
    internal VaultItem RequireItem() => Reference?.Item ?? throw Vault.Missing(Name);
}
