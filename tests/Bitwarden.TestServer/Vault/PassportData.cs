namespace Bitwarden.TestServer.Vault;

/// <summary>A passport; all members are encrypted.</summary>
public sealed record PassportData
{
    public string? Surname { get; init; }

    public string? GivenName { get; init; }

    public string? DateOfBirth { get; init; }

    public string? Sex { get; init; }

    public string? BirthPlace { get; init; }

    public string? Nationality { get; init; }

    public string? IssuingCountry { get; init; }

    public string? PassportNumber { get; init; }

    public string? PassportType { get; init; }

    public string? NationalIdentificationNumber { get; init; }

    public string? IssuingAuthority { get; init; }

    public string? IssueDate { get; init; }

    public string? ExpirationDate { get; init; }
}
