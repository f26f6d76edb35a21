using Bitwarden.Core.Matching;

namespace Bitwarden.Core.Vault.Editing;

/// <summary>An address that a login is to have.</summary>
/// <param name="Uri">The address.</param>
/// <param name="Match">How it is compared; null for the account's default, and to leave it as it is where the login has the address already.</param>
public sealed record AddressEdit(string Uri, UriMatch? Match = null)
{
    /// <summary>Names the type: addresses can hold secrets.</summary>
    public override string ToString() => "AddressEdit";
}
