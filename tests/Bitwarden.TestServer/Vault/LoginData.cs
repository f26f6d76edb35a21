namespace Bitwarden.TestServer.Vault;

/// <summary>A login.</summary>
public sealed record LoginData
{
    /// <summary>The first URI. Setting it appends, as on the official server: a body with uris and then uri gets one URI twice.</summary>
    [EncryptedLength(10_000)]
    public string? Uri
    {
        get => Uris is [LoginUriData first, ..] ? first.Uri : null;
        init => Uris = string.IsNullOrWhiteSpace(value) ? Uris : [.. Uris ?? [], new LoginUriData { Uri = value }];
    }

    /// <summary>All URIs.</summary>
    public IReadOnlyList<LoginUriData>? Uris { get; init; }

    /// <summary>Encrypted.</summary>
    public string? Username { get; init; }

    /// <summary>Encrypted.</summary>
    [EncryptedLength(5_000)]
    public string? Password { get; init; }

    /// <summary>When the password last changed.</summary>
    public DateTime? PasswordRevisionDate { get; init; }

    /// <summary>Encrypted.</summary>
    public string? Totp { get; init; }

    /// <summary>A client's setting.</summary>
    public bool? AutofillOnPageLoad { get; init; }

    /// <summary>Passkeys.</summary>
    public IReadOnlyList<Fido2CredentialData>? Fido2Credentials { get; init; }
}

/// <summary>One address of a login.</summary>
public sealed record LoginUriData
{
    /// <summary>Encrypted.</summary>
    [EncryptedLength(10_000)]
    public string? Uri { get; init; }

    /// <summary>Encrypted base64 SHA-256 of the URI.</summary>
    [EncryptedLength(10_000)]
    public string? UriChecksum { get; init; }

    /// <summary>How to match.</summary>
    public int? Match { get; init; }
}

/// <summary>A passkey; even numbers are encrypted texts.</summary>
public sealed record Fido2CredentialData
{
    public string? CredentialId { get; init; }

    public string? KeyType { get; init; }

    public string? KeyAlgorithm { get; init; }

    public string? KeyCurve { get; init; }

    public string? KeyValue { get; init; }

    public string? RpId { get; init; }

    public string? RpName { get; init; }

    public string? UserHandle { get; init; }

    public string? UserName { get; init; }

    public string? UserDisplayName { get; init; }

    public string? Counter { get; init; }

    public string? Discoverable { get; init; }

    public DateTime CreationDate { get; init; }
}
