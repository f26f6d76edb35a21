namespace Bitwarden.Core.Vault;

/// <summary>What the project knows of a kind of item.</summary>
/// <param name="Type">The kind.</param>
/// <param name="WireMember">The member of the document that holds what only this kind has.</param>
/// <param name="DefaultSelector">What is most likely meant when no selector is given.</param>
/// <param name="Shape">What a vault of secrets sees in it.</param>
/// <param name="Members">The values that only this kind has, beside addresses.</param>
public sealed record ItemTypeInfo(ItemType Type, string WireMember, string DefaultSelector, SecretShape Shape, IReadOnlyList<ItemMember> Members)
{
    /// <summary>Finds a value that items of this kind can have, by its selector; null when they cannot.</summary>
    /// <param name="selector">The selector; case is ignored.</param>
    public ItemMember? Member(string selector) => Members.Append(ItemMember.Notes)
        .FirstOrDefault(member => member.Selector.Equals(selector, StringComparison.OrdinalIgnoreCase));
}
