namespace Bitwarden.TestServer.Vault;

/// <summary>A driver's licence; all members are encrypted.</summary>
public sealed record DriversLicenseData
{
    public string? FirstName { get; init; }

    public string? MiddleName { get; init; }

    public string? LastName { get; init; }

    public string? DateOfBirth { get; init; }

    public string? LicenseNumber { get; init; }

    public string? IssuingCountry { get; init; }

    public string? IssuingState { get; init; }

    public string? IssueDate { get; init; }

    public string? ExpirationDate { get; init; }

    public string? IssuingAuthority { get; init; }

    public string? LicenseClass { get; init; }
}
