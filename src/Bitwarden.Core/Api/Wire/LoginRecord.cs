namespace Bitwarden.Core.Api.Wire;

/// <summary>The login part of an item.</summary>
internal sealed record LoginRecord
{
    public string? Uri { get; init; }

    public LoginUriRecord[]? Uris { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? Totp { get; init; }

    public DateTimeOffset? PasswordRevisionDate { get; init; }
}

/// <summary>One address of a login, with the checksum that ties it to the item.</summary>
internal sealed record LoginUriRecord
{
    public string? Uri { get; init; }

    public string? UriChecksum { get; init; }

    /// <summary>How the address is compared with others (protocol 5.5); null for the account's usual way.</summary>
    public int? Match { get; init; }
}
