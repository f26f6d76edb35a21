namespace Bitwarden.TestServer.Vault;

/// <summary>An identity; all members are encrypted.</summary>
public sealed record IdentityData
{
    public string? Title { get; init; }

    public string? FirstName { get; init; }

    public string? MiddleName { get; init; }

    public string? LastName { get; init; }

    public string? Address1 { get; init; }

    public string? Address2 { get; init; }

    public string? Address3 { get; init; }

    public string? City { get; init; }

    public string? State { get; init; }

    public string? PostalCode { get; init; }

    public string? Country { get; init; }

    public string? Company { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? SSN { get; init; }

    public string? Username { get; init; }

    public string? PassportNumber { get; init; }

    public string? LicenseNumber { get; init; }
}
