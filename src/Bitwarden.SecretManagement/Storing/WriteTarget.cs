using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>What a name means for a write, in a vault that was just brought up to date.</summary>
/// <param name="Vault">The vault.</param>
/// <param name="Name">The name as it was given.</param>
/// <param name="Reference">The item, and what of it; null when there is none.</param>
internal sealed record WriteTarget(UnlockedVault Vault, string Name, ResolvedReference? Reference)
{
    /// <summary>
    /// Looks, fetches what changed, and looks again. Nobody tells us about -NoClobber, which looked before we did (SecretManagement fact 20): what appeared or
    /// went meanwhile is a failure, never something to write over or to make anew.
    /// </summary>
    /// <exception cref="ItemLookupException">AmbiguousName.</exception>
    /// <exception cref="ItemWriteException">ItemChanged: the name means something else than before.</exception>
    internal static async Task<WriteTarget> FindAsync(BitwardenSession session, WriteScope scope, string name, CancellationToken cancellationToken)
    {
        ResolvedReference? before = scope.TryResolve(session.GetVault(), name);
        await session.SyncAsync(force: false, cancellationToken).ConfigureAwait(false);
        UnlockedVault vault = session.GetVault();
        ResolvedReference? after = scope.TryResolve(vault, name);
        if (after is null && before is not null)
        {
            throw ItemWriteException.Gone(before.Item.UniqueName, before.Item.Id);
        }

        return after is null || (before?.Item.Id == after.Item.Id && before.Selector == after.Selector)
            ? new WriteTarget(vault, name, after)
            : throw ItemWriteException.Appeared(name, after.Item.Id);
    }

    /// <summary>The item.</summary>
    /// <exception cref="ItemLookupException">ItemNotFound.</exception>
    internal VaultItem RequireItem() => Reference?.Item ?? throw Vault.Missing(Name);
}
