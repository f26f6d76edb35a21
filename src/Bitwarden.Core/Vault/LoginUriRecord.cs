using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>One address of a login, with the checksum that ties it to the item.</summary>
internal sealed record LoginUriRecord
{
    internal ByteRange Uri { get; set; }

    internal ByteRange UriChecksum { get; set; }

    /// <summary>How the address is compared with others (protocol 5.5); null for the account's usual way.</summary>
    internal int? Match { get; set; }
}
