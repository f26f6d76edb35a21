using System.Diagnostics.CodeAnalysis;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>An item as the Api service answers it when it is not about one user: "cipherMini".</summary>
internal record CipherMiniResponse
{
    public required string Object { get; init; }

    public Guid Id { get; init; }

    public Guid? OrganizationId { get; init; }

    public int Type { get; init; }

    public string? Data { get; init; }

    public string? Name { get; init; }

    public string? Notes { get; init; }

    public LoginData? Login { get; init; }

    public CardData? Card { get; init; }

    public IdentityData? Identity { get; init; }

    public SecureNoteData? SecureNote { get; init; }

    public SshKeyData? SSHKey { get; init; }

    public BankAccountData? BankAccount { get; init; }

    public DriversLicenseData? DriversLicense { get; init; }

    public PassportData? Passport { get; init; }

    public IReadOnlyList<FieldData>? Fields { get; init; }

    public IReadOnlyList<PasswordHistoryData>? PasswordHistory { get; init; }

    public IReadOnlyList<AttachmentResponse>? Attachments { get; init; }

    public bool OrganizationUseTotp { get; init; }

    public DateTime RevisionDate { get; init; }

    public DateTime CreationDate { get; init; }

    public DateTime? DeletedDate { get; init; }

    public int Reprompt { get; init; }

    public string? Key { get; init; }

    [SetsRequiredMembers]
    internal CipherMiniResponse(StoredCipher cipher, ApiCall call)
    {
        CipherContent content = cipher.Content;
        bool isOld = call.Server.Options.PascalCaseApi;
        Object = "cipherMini";
        Id = cipher.Id;
        OrganizationId = cipher.OrganizationId;
        Type = cipher.Type;
        Data = cipher.SealedData ?? cipher.GivenData ?? (isOld ? null : CipherData.Write(cipher.Type, content));
        Name = content.Name;
        Notes = content.Notes;
        Login = content.Login;
        Card = content.Card;
        Identity = content.Identity;
        SecureNote = content.SecureNote;
        SSHKey = content.SSHKey;
        BankAccount = content.BankAccount;
        DriversLicense = content.DriversLicense;
        Passport = content.Passport;
        Fields = content.Fields;
        PasswordHistory = content.PasswordHistory;
        Attachments = cipher.Attachments.IsEmpty ? null : [.. cipher.Attachments.Select(item => AttachmentResponse.From(cipher, item, call, ""))];
        OrganizationUseTotp = cipher.OrganizationId is not null;
        RevisionDate = cipher.RevisionDate;
        CreationDate = cipher.CreationDate;
        DeletedDate = cipher.DeletedDate;
        Reprompt = cipher.Reprompt;
        Key = cipher.Key;
    }
}
