using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault.Editing;

/// <summary>
/// Where an item may be put. Checked before anything is sent: the official server leaves out collections that the account may not write to without a word, and
/// the item is then out of its maker's reach.
/// </summary>
internal static class PlaceRules
{
    /// <exception cref="InvalidInputException">InvalidItem, with the reason.</exception>
    internal static void EnsurePersonal(VaultSnapshot snapshot)
    {
        if (VaultPolicies.InForce(snapshot, PolicyRecord.OrganizationDataOwnership).Any())
        {
            throw InvalidInputException.Item("Your organization wants new items in its own vault, not in your personal one.");
        }
    }

    /// <exception cref="InvalidInputException">InvalidItem, with the reason.</exception>
    internal static void EnsureWritable(VaultSnapshot snapshot, Guid organizationId, IReadOnlyList<Guid> collectionIds)
    {
        if (Array.Find(snapshot.Profile.Organizations ?? [], organization => organization.Id == organizationId)?.Enabled == false)
        {
            throw InvalidInputException.Item("The organization is suspended: its items can only be read.");
        }

        foreach (Guid id in collectionIds)
        {
            CollectionRecord? collection = snapshot.Collections.FirstOrDefault(known => known.Id == id && known.OrganizationId == organizationId);
            if (collection is null)
            {
                throw InvalidInputException.Item($"The organization has no collection {id} that your account can see.");
            }

            if (collection.ReadOnly == true)
            {
                throw InvalidInputException.Item($"Your account may not change the collection {id}.");
            }
        }
    }
}
