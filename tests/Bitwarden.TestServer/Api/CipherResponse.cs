using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>An item as the Api service answers it to the user: "cipher", or "cipherDetails" with the collections.</summary>
internal sealed record CipherResponse : CipherMiniResponse
{
    public Guid? FolderId { get; init; }

    public bool Favorite { get; init; }

    public bool Edit { get; init; }

    public bool ViewPassword { get; init; }

    public DateTime? ArchivedDate { get; init; }

    public required CipherPermissions Permissions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Guid>? CollectionIds { get; init; }

    [SetsRequiredMembers]
    private CipherResponse(StoredCipher cipher, ApiCall call)
        : base(cipher, call)
    {
        ItemAccess access = call.Account.Vault.AccessTo(cipher);
        Object = "cipher";
        FolderId = cipher.FolderId;
        Favorite = cipher.Favorite;
        Edit = access.Edit;
        ViewPassword = access.ViewPassword;
        ArchivedDate = cipher.ArchivedDate;
        Permissions = new CipherPermissions(access.Delete, access.Delete);
    }

    internal static object Mini(StoredCipher cipher, ApiCall call) => Complete(new CipherMiniResponse(cipher, call), cipher, call);

    internal static object Plain(StoredCipher cipher, ApiCall call) => Complete(new CipherResponse(cipher, call), cipher, call);

    internal static object Details(StoredCipher cipher, ApiCall call) =>
        Complete(new CipherResponse(cipher, call) { Object = "cipherDetails", CollectionIds = cipher.CollectionIds }, cipher, call);

    private static object Complete(CipherMiniResponse answer, StoredCipher cipher, ApiCall call) =>
        cipher.UnknownMembers is { } unknown ? UnknownMembers.AddTo(answer, unknown, call.Server.Json.Options) : answer;
}

/// <summary>What the account may do with an item.</summary>
internal sealed record CipherPermissions(bool Delete, bool Restore);
