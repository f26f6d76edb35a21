using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Sessions;

/// <summary>What an import needs to know beside the file.</summary>
public sealed record ImportOptions
{
    /// <summary>The password of the file, in UTF-8; null for none. Stays the caller's.</summary>
    public SecretBytes? Password { get; init; }

    /// <summary>The organization that becomes the owner; null for the personal vault.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>Whether items of the file that are in the vault already are left out, so that an import that broke off can be ended.</summary>
    public bool Resume { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "ImportOptions";
}
