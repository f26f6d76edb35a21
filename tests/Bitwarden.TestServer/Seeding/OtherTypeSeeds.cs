using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Seeding;

/// <summary>One item of each type other than login.</summary>
internal sealed class OtherTypeSeeds(SeedWriter writer)
{
    private readonly FieldSealer _sealer = writer.Sealer;

    internal void Write()
    {
        writer.Add("recovery codes", 2, new CipherContent
        {
            SecureNote = new(),
            Notes = _sealer.Seal(writer.Secret("code-1 11111\ncode-2 22222\nübrig")),
        });
        writer.Add("company card", 3, new CipherContent { Card = Card() });
        writer.Add("Ada Example", 4, new CipherContent { Identity = Identity() });
        writer.Add("deploy key", 5, new CipherContent { SSHKey = SshKey() });
        writer.Add("house bank", 6, new CipherContent { BankAccount = BankAccount() });
        writer.Add("driving licence", 7, new CipherContent { DriversLicense = DriversLicense() });
        writer.Add("passport", 8, new CipherContent { Passport = Passport() });
    }

    // Not for the card's code and the account's PIN: a leak test would find five digits anywhere.
    private string Hidden(string value) => _sealer.Seal(writer.Remember(value));

    private CardData Card() => new()
    {
        CardholderName = _sealer.Seal("Ada Example"),
        Brand = _sealer.Seal("Visa"),
        Number = Hidden("4111111111111111"),
        ExpMonth = _sealer.Seal("7"),
        ExpYear = _sealer.Seal("2031"),
        Code = _sealer.Seal("94731"),
    };

    private IdentityData Identity() => new()
    {
        Title = _sealer.Seal("Dr"),
        FirstName = _sealer.Seal("Ada"),
        MiddleName = _sealer.Seal("M."),
        LastName = _sealer.Seal("Example"),
        Address1 = _sealer.Seal("1 Analytical Way"),
        City = _sealer.Seal("Münster"),
        PostalCode = _sealer.Seal("48143"),
        Country = _sealer.Seal("DE"),
        Company = _sealer.Seal("Example Ltd"),
        Email = _sealer.Seal("ada@example.org"),
        Phone = _sealer.Seal("+49 251 5550100"),
        SSN = Hidden("078-05-1120"),
        Username = _sealer.Seal("ada"),
        PassportNumber = Hidden("X1234567A"),
        LicenseNumber = Hidden("L-998877"),
    };

    private SshKeyData SshKey() => new()
    {
        PrivateKey = _sealer.Seal(
            "-----BEGIN OPENSSH PRIVATE KEY-----\n" + writer.Secret("b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ") + "\n-----END OPENSSH PRIVATE KEY-----\n"),
        PublicKey = _sealer.Seal("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExhbXBsZUtleUZvclRlc3RzT25seUV4YW1wbGUxMjM deploy@example.org"),
        KeyFingerprint = _sealer.Seal("SHA256:m8x0vQy2mQ3oJ4h1rC0cQmJk1u2xYzWvUtSrQpOnMlk"),
    };

    private BankAccountData BankAccount() => new()
    {
        BankName = _sealer.Seal("Example Bank"),
        NameOnAccount = _sealer.Seal("Ada Example"),
        AccountType = _sealer.Seal("checking"),
        AccountNumber = Hidden("532013000"),
        RoutingNumber = _sealer.Seal("37040044"),
        BranchNumber = _sealer.Seal("12"),
        Pin = _sealer.Seal("70419"),
        SwiftCode = _sealer.Seal("COBADEFFXXX"),
        Iban = Hidden("DE89370400440532013000"),
        BankContactPhone = _sealer.Seal("+49 30 5550199"),
    };

    private DriversLicenseData DriversLicense() => new()
    {
        FirstName = _sealer.Seal("Ada"),
        LastName = _sealer.Seal("Example"),
        DateOfBirth = _sealer.Seal("1990-12-10"),
        LicenseNumber = Hidden("B072RRE2I55"),
        IssuingCountry = _sealer.Seal("DE"),
        IssueDate = _sealer.Seal("2020-01-31"),
        ExpirationDate = _sealer.Seal("2035-01-30"),
        IssuingAuthority = _sealer.Seal("Stadt Münster"),
        LicenseClass = _sealer.Seal("B"),
    };

    private PassportData Passport() => new()
    {
        Surname = _sealer.Seal("Example"),
        GivenName = _sealer.Seal("Ada"),
        DateOfBirth = _sealer.Seal("1990-12-10"),
        Sex = _sealer.Seal("F"),
        BirthPlace = _sealer.Seal("London"),
        Nationality = _sealer.Seal("GBR"),
        IssuingCountry = _sealer.Seal("GBR"),
        PassportNumber = Hidden("925665416"),
        PassportType = _sealer.Seal("P"),
        IssuingAuthority = _sealer.Seal("HMPO"),
        IssueDate = _sealer.Seal("2022-03-01"),
        ExpirationDate = _sealer.Seal("2032-03-01"),
    };
}
