using System.Text.Json.Nodes;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Transfer;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Finds the folders or collections of a file in the vault: by id, as a file of the same account has them, else by name. Of several with one name each is used
/// once, in their order.
/// </summary>
internal sealed class PlaceMatcher
{
    private readonly Dictionary<string, Guid> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, string> _wires = [];
    private readonly SymmetricKey _owner;

    /// <param name="vault">The vault as it is.</param>
    /// <param name="organizationId">Whose collections are meant; null for folders.</param>
    /// <param name="places">Those of the file.</param>
    internal PlaceMatcher(UnlockedVault vault, Guid? organizationId, IReadOnlyList<ImportPlace> places)
    {
        _owner = vault.Access.OwnerKey(organizationId);
        List<(Guid Id, string? Name, string? Wire)> known = organizationId is Guid organization
            ? [.. vault.Snapshot.Collections.Where(collection => collection.OrganizationId == organization)
                .Select(collection => (collection.Id, vault.Access.Names.Collection(collection.Id), collection.Name))]
            : [.. vault.Snapshot.Folders.Select(folder => (folder.Id, vault.Access.Names.Folder(folder.Id), folder.Name))];
        MatchBy(places, known, (place, other) => Guid.TryParse(place.Key, out Guid id) && id == other.Id);
        MatchBy(places, known, (place, other) => place.Name == other.Name);
    }

    /// <summary>Where a place of the file is in the vault; null for one that is new.</summary>
    internal Guid? Find(ImportPlace place) => _found.TryGetValue(place.Key, out Guid id) ? id : null;

    /// <summary>Describes a place for the server, which adds what has no id.</summary>
    internal JsonObject Describe(ImportPlace place)
    {
        Guid? id = Find(place);
        JsonObject entry = new() { ["name"] = id is Guid known ? _wires[known] : Encrypt(place.Name) };
        if (id is not null)
        {
            entry["id"] = id.ToString();
        }

        if (place.ExternalId is not null)
        {
            entry["externalId"] = place.ExternalId;
        }

        return entry;
    }

    /// <summary>Checks that new places can be added.</summary>
    /// <exception cref="TransferException">InputTooLong.</exception>
    internal void EnsureFit(IEnumerable<ImportPlace> places)
    {
        foreach (ImportPlace place in places)
        {
            Encrypt(place.Name);
        }
    }

    private string Encrypt(string name)
    {
        string wire = _owner.EncryptText(name).ToWireString();
        return wire.Length <= ItemMember.ShortLimit ? wire : throw TransferException.TooLong("the name of a folder or collection", ItemMember.ShortLimit);
    }

    private void MatchBy(
        IReadOnlyList<ImportPlace> places,
        List<(Guid Id, string? Name, string? Wire)> known,
        Func<ImportPlace, (Guid Id, string? Name, string? Wire), bool> isSame)
    {
        foreach (ImportPlace place in places.Where(place => !_found.ContainsKey(place.Key)))
        {
            int index = known.FindIndex(other => other.Wire is not null && isSame(place, other));
            if (index >= 0)
            {
                _found[place.Key] = known[index].Id;
                _wires[known[index].Id] = known[index].Wire!;
                known.RemoveAt(index);
            }
        }
    }
}
