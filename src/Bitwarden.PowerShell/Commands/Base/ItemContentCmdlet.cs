using System.Collections;
using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Matching;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>
/// What items hold, as parameters: one for each value that a kind of item can have, called as its selector. A test holds them against the table of kinds.
/// <see cref="ItemInput"/> reads them by name.
/// </summary>
public abstract class ItemContentCmdlet : SessionCmdlet
{
    private protected const string LoginSet = "Login";
    private protected const string NoteSet = "Note";
    private protected const string CardSet = "Card";
    private protected const string IdentitySet = "Identity";
    private protected const string SshKeySet = "SshKey";
    private protected const string BankAccountSet = "BankAccount";
    private protected const string DriversLicenseSet = "DriversLicense";
    private protected const string PassportSet = "Passport";

    /// <summary>A login's user name and password.</summary>
    [Parameter(ParameterSetName = LoginSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>Makes up a password.</summary>
    [Parameter(ParameterSetName = LoginSet)]
    public SwitchParameter GeneratePassword { get; set; }

    /// <summary>All addresses of the login.</summary>
    [Parameter(ParameterSetName = LoginSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? Uri { get; set; }

    /// <summary>How these addresses are compared.</summary>
    [Parameter(ParameterSetName = LoginSet)]
    [ValidateNotNull]
    public UriMatch? UriMatch { get; set; }

    /// <summary>The notes; text or a SecureString.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureTextTransformation]
    public SecureString? Notes { get; set; }

    /// <summary>Custom fields by name. SecureStrings become hidden ones, true and false boolean ones, everything else text.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateNotNull]
    public IDictionary? Field { get; set; }

    /// <summary>The folder, by name or id.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? Folder { get; set; }

    /// <summary>Marks the item as a favourite.</summary>
    [Parameter]
    public SwitchParameter Favorite { get; set; }

    /// <summary>Has the master password asked for again before the item is shown.</summary>
    [Parameter]
    public SwitchParameter Reprompt { get; set; }

    /// <summary>The user name.</summary>
    [Parameter(ParameterSetName = LoginSet)]
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Username { get; set; }

    /// <summary>The password.</summary>
    [Parameter(ParameterSetName = LoginSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public SecureString? Password { get; set; }

    /// <summary>The secret of one-time codes, or its otpauth address.</summary>
    [Parameter(ParameterSetName = LoginSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public SecureString? Totp { get; set; }

    /// <summary>The name on the card.</summary>
    [Parameter(ParameterSetName = CardSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? CardholderName { get; set; }

    /// <summary>The brand, such as Visa.</summary>
    [Parameter(ParameterSetName = CardSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Brand { get; set; }

    /// <summary>The number of the card.</summary>
    [Parameter(ParameterSetName = CardSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public SecureString? Number { get; set; }

    /// <summary>The month in which the card expires, 1 to 12.</summary>
    [Parameter(ParameterSetName = CardSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? ExpMonth { get; set; }

    /// <summary>The year in which the card expires.</summary>
    [Parameter(ParameterSetName = CardSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? ExpYear { get; set; }

    /// <summary>The security code.</summary>
    [Parameter(ParameterSetName = CardSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public SecureString? Code { get; set; }

    /// <summary>The title, such as Dr.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Title { get; set; }

    /// <summary>The first name.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public virtual string? FirstName { get; set; }

    /// <summary>The middle name.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public virtual string? MiddleName { get; set; }

    /// <summary>The last name.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public virtual string? LastName { get; set; }

    /// <summary>The first line of the address.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Address1 { get; set; }

    /// <summary>The second line of the address.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Address2 { get; set; }

    /// <summary>The third line of the address.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Address3 { get; set; }

    /// <summary>The city.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? City { get; set; }

    /// <summary>The state or province.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? State { get; set; }

    /// <summary>The postal code.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? PostalCode { get; set; }

    /// <summary>The country.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Country { get; set; }

    /// <summary>The company.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Company { get; set; }

    /// <summary>The e-mail address.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Email { get; set; }

    /// <summary>The telephone number.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Phone { get; set; }

    /// <summary>The social security number.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public SecureString? Ssn { get; set; }

    /// <summary>The number of the passport.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public virtual SecureString? PassportNumber { get; set; }

    /// <summary>The number of the licence.</summary>
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public virtual SecureString? LicenseNumber { get; set; }

    /// <summary>The private key.</summary>
    [Parameter(ParameterSetName = SshKeySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public SecureString? PrivateKey { get; set; }

    /// <summary>The public key.</summary>
    [Parameter(ParameterSetName = SshKeySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? PublicKey { get; set; }

    /// <summary>The fingerprint of the key.</summary>
    [Parameter(ParameterSetName = SshKeySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Fingerprint { get; set; }

    /// <summary>The name of the bank.</summary>
    [Parameter(ParameterSetName = BankAccountSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? BankName { get; set; }

    /// <summary>The name on the account.</summary>
    [Parameter(ParameterSetName = BankAccountSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? NameOnAccount { get; set; }

    /// <summary>The kind of account.</summary>
    [Parameter(ParameterSetName = BankAccountSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? AccountType { get; set; }

    /// <summary>The number of the account.</summary>
    [Parameter(ParameterSetName = BankAccountSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public SecureString? AccountNumber { get; set; }

    /// <summary>The routing number.</summary>
    [Parameter(ParameterSetName = BankAccountSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? RoutingNumber { get; set; }

    /// <summary>The number of the branch.</summary>
    [Parameter(ParameterSetName = BankAccountSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? BranchNumber { get; set; }

    /// <summary>The PIN.</summary>
    [Parameter(ParameterSetName = BankAccountSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public SecureString? Pin { get; set; }

    /// <summary>The SWIFT code.</summary>
    [Parameter(ParameterSetName = BankAccountSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? SwiftCode { get; set; }

    /// <summary>The IBAN.</summary>
    [Parameter(ParameterSetName = BankAccountSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public SecureString? Iban { get; set; }

    /// <summary>The telephone number of the bank.</summary>
    [Parameter(ParameterSetName = BankAccountSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? BankContactPhone { get; set; }

    /// <summary>The date of birth.</summary>
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public virtual string? DateOfBirth { get; set; }

    /// <summary>The country that issued it.</summary>
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public virtual string? IssuingCountry { get; set; }

    /// <summary>The state that issued it.</summary>
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? IssuingState { get; set; }

    /// <summary>The day of issue.</summary>
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public virtual string? IssueDate { get; set; }

    /// <summary>The day on which it expires.</summary>
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public virtual string? ExpirationDate { get; set; }

    /// <summary>The authority that issued it.</summary>
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public virtual string? IssuingAuthority { get; set; }

    /// <summary>The class of the licence.</summary>
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? LicenseClass { get; set; }

    /// <summary>The surname.</summary>
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Surname { get; set; }

    /// <summary>The given names.</summary>
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? GivenName { get; set; }

    /// <summary>The sex, as in the passport.</summary>
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Sex { get; set; }

    /// <summary>The place of birth.</summary>
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? BirthPlace { get; set; }

    /// <summary>The nationality.</summary>
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Nationality { get; set; }

    /// <summary>The kind of passport.</summary>
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? PassportType { get; set; }

    /// <summary>The national identification number.</summary>
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public SecureString? NationalIdentificationNumber { get; set; }

    /// <summary>What the command line gives, by the names of parameters.</summary>
    private protected IReadOnlyDictionary<string, object?> OnCommandLine { get; private set; } = new Dictionary<string, object?>();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        OnCommandLine = MyInvocation.BoundParameters
            .ToDictionary(parameter => parameter.Key, parameter => (object?)parameter.Value, StringComparer.OrdinalIgnoreCase);
        Forget(nameof(Field));
    }

    /// <summary>Takes a parameter out of what PowerShell attaches to every record of the cmdlet, where a log or a file would show its text.</summary>
    private protected void Forget(string parameter) => MyInvocation.BoundParameters.Remove(parameter);
}
