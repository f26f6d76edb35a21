using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>A rule that an organization sets for its members (protocol 9.2).</summary>
internal sealed record PolicyRecord
{
    /// <summary>The type of the policy that says what passwords are to be like that are made up.</summary>
    internal const int PasswordGenerator = 2;

    /// <summary>The type of the policy that keeps new items out of the personal vault.</summary>
    internal const int OrganizationDataOwnership = 5;

    /// <summary>The type of the policy that keeps the personal vault from being exported.</summary>
    internal const int DisablePersonalExport = 10;

    /// <summary>The type of the policy that says how addresses are compared.</summary>
    internal const int UriMatchDefaults = 16;

    public Guid OrganizationId { get; init; }

    public int? Type { get; init; }

    public bool? Enabled { get; init; }

    [JsonConverter(typeof(TolerantObjectConverter<PolicyDataRecord>))]
    public PolicyDataRecord? Data { get; init; }
}

/// <summary>What is read of a policy's settings.</summary>
internal sealed record PolicyDataRecord
{
    public int? UriMatchDetection { get; init; }

    public string? OverridePasswordType { get; init; }

    public int? MinLength { get; init; }

    public bool? UseUpper { get; init; }

    public bool? UseLower { get; init; }

    public bool? UseNumbers { get; init; }

    public bool? UseSpecial { get; init; }

    public int? MinNumbers { get; init; }

    public int? MinSpecial { get; init; }

    public int? MinNumberWords { get; init; }

    public bool? Capitalize { get; init; }

    public bool? IncludeNumber { get; init; }
}
