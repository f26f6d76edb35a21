using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Sessions;

/// <summary>An account as the server describes it; nothing of it is secret.</summary>
public sealed record AccountInfo
{
    /// <summary>The e-mail.</summary>
    public required string Email { get; init; }

    /// <summary>The user's name; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The user's id.</summary>
    public Guid UserId { get; init; }

    /// <summary>The server.</summary>
    public required string Server { get; init; }

    /// <summary>How the master key is derived; null when there is no master password.</summary>
    public KdfSettings? Kdf { get; init; }

    /// <summary>Whether that reaches the vendor's recommendation (600,000 PBKDF2 iterations, or Argon2id at its default cost).</summary>
    public bool KdfMeetsRecommendation => Kdf?.MeetsRecommendation == true;

    /// <summary>Whether two-step login is on; null when the server does not say.</summary>
    public bool? TwoFactorEnabled { get; init; }

    /// <summary>Whether the e-mail was verified; null when the server does not say.</summary>
    public bool? EmailVerified { get; init; }

    /// <summary>Whether the account has premium features; null when the server does not say.</summary>
    public bool? Premium { get; init; }

    /// <summary>Whether the account is unlocked through a Key Connector.</summary>
    public bool UsesKeyConnector { get; init; }

    /// <summary>Names of the organizations.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>When the account was made; null when the server does not say.</summary>
    public DateTimeOffset? CreationDate { get; init; }
}
