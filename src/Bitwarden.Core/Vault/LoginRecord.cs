using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>The login part of an item.</summary>
internal sealed record LoginRecord
{
    internal ByteRange Uri { get; set; }

    internal LoginUriRecord[]? Uris { get; set; }

    internal ByteRange Username { get; set; }

    internal ByteRange Password { get; set; }

    internal ByteRange Totp { get; set; }

    internal DateTimeOffset? PasswordRevisionDate { get; set; }
}
