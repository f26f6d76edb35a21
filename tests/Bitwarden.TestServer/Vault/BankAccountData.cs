namespace Bitwarden.TestServer.Vault;

/// <summary>A bank account; all members are encrypted.</summary>
public sealed record BankAccountData
{
    public string? BankName { get; init; }

    public string? NameOnAccount { get; init; }

    public string? AccountType { get; init; }

    public string? AccountNumber { get; init; }

    public string? RoutingNumber { get; init; }

    public string? BranchNumber { get; init; }

    public string? Pin { get; init; }

    public string? SwiftCode { get; init; }

    public string? Iban { get; init; }

    public string? BankContactPhone { get; init; }
}
