namespace Bitwarden.TestServer;

/// <summary>How an <see cref="EmbeddedServer"/> behaves; the defaults are the official server's.</summary>
public sealed record EmbeddedServerOptions
{
    /// <summary>What <see cref="ServerClock"/> starts from, and what delays wait on. Certificates are made by the real clock, which clients go by.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>When positive, adds the account large@example.org with that many logins, item-00001 onwards.</summary>
    public int LargeVaultItems { get; init; }

    /// <summary>
    /// Makes the large account's vault like one that grew over years: half of the items have keys of their own, some are an organization's, some share names.
    /// </summary>
    public bool MixedLargeVault { get; init; }

    /// <summary>How long an access token lives.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a wrong master password hash or two-step code waits for its answer; 2 s officially.</summary>
    public TimeSpan FailedLoginDelay { get; init; }

    /// <summary>How many token requests a minute are taken before 429; 10 on the official cloud, null for any number.</summary>
    public int? TokenRequestsPerMinute { get; init; }

    /// <summary>Whether a token request needs Bitwarden-Client-Version, as it does since 2026.3.0.</summary>
    public bool RequireClientVersionHeader { get; init; } = true;

    /// <summary>API-key token answers carry nothing but the token, as those of some compatible servers do.</summary>
    public bool MinimalTokenAnswer { get; init; }

    /// <summary>An old server: PascalCase answers, no userDecryption, no account keys, no data strings, no prelogin/password.</summary>
    public bool PascalCaseApi { get; init; }

    /// <summary>The version that GET /api/config announces; below 2025.5.2 a password login needs the header Auth-Email.</summary>
    public Version ServerVersion { get; init; } = new(2026, 8, 0);

    /// <summary>Port for http; any free one when null.</summary>
    public int? HttpPort { get; init; }

    /// <summary>Port for https; any free one when null.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>How many items a bulk call may name; null for any number, as on servers of one's own.</summary>
    public int? BulkLimit { get; init; } = 500;

    /// <summary>
    /// Feature flags that GET /api/config announces. cipher-key-encryption makes official clients give new and changed items a key of their own; they have
    /// all dropped their own switch for it in 2026 (bitwarden/clients pull 21309), so it is on.
    /// </summary>
    public IReadOnlyDictionary<string, bool> FeatureStates { get; init; } = new Dictionary<string, bool>
    {
        ["cipher-key-encryption"] = true,
        ["pm-19148-innovation-archive"] = true,
        ["pm-32009-new-item-types"] = true,
    };
}
