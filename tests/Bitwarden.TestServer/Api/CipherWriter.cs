using System.Text.Json;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>Creates and replaces items under the official server's rules (protocol 7.2 and 7.3).</summary>
internal static class CipherWriter
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(1);

    internal static StoredCipher Create(ApiCall call, JsonElement body, IReadOnlyList<Guid> collections)
    {
        CipherRequest request = ApiJson.Convert<CipherRequest>(body);
        CheckOwner(call, request);
        if (request.Organization is Guid organization && call.Account.Vault.Organizations.All(known => known.Id != organization))
        {
            throw ApiException.NotFound();
        }

        DateTime now = call.Now;
        StoredCipher blank = new()
        {
            Id = Guid.NewGuid(),
            Type = request.Type,
            Content = new CipherContent(),
            OrganizationId = request.Organization,
            CollectionIds = collections,
            CreationDate = now,
        };
        return call.Account.Vault.Put(Fill(blank, request, ReadContent(request.Type, request, body), now));
    }

    internal static StoredCipher Replace(ApiCall call, Guid id, JsonElement body)
    {
        StoredCipher stored = call.Account.Vault.Find(id) ?? throw ApiException.NotFound();
        CipherRequest request = ApiJson.Convert<CipherRequest>(body);
        CheckOwner(call, request);
        CipherContent content = ReadContent(stored.Type, request, body);
        return call.Account.Vault.Update(id, current =>
        {
            CheckCurrent(current, request);
            return Fill(current, request, content, call.Now);
        }) ?? throw ApiException.NotFound();
    }

    /// <summary>The revision rule, for every call that carries lastKnownRevisionDate.</summary>
    internal static void CheckRevision(StoredCipher cipher, DateTime? lastKnown)
    {
        DateTime? known = lastKnown is { Kind: DateTimeKind.Local } local ? local.ToUniversalTime() : lastKnown;
        if (known is DateTime date && (date - cipher.RevisionDate).Duration() > s_tolerance)
        {
            throw ApiException.BadRequest("The item cannot be saved because it is out of date. To edit this item, first sync your vault.");
        }
    }

    private static void CheckCurrent(StoredCipher current, CipherRequest request)
    {
        CheckRevision(current, request.LastKnownRevisionDate);
        if (request.Organization != current.OrganizationId)
        {
            throw ApiException.BadRequest("Organization mismatch. Re-sync if you recently moved this item, then try again.");
        }

        if (!current.Edit)
        {
            throw ApiException.BadRequest("You do not have permissions to edit this.");
        }
    }

    private static void CheckOwner(ApiCall call, CipherRequest request)
    {
        if (request.EncryptedFor is Guid owner && owner != call.Account.UserId)
        {
            throw ApiException.BadRequest("Cipher was not encrypted for the current user. Please try again.");
        }

        bool isOtherKey = request.EncryptedByKeyId is string id && call.Account.UserKeyId is string known && id != known;
        if (isOtherKey && request.Organization is null)
        {
            throw ApiException.BadRequest("Cipher was not encrypted with the current user key. Please try again.");
        }
    }

    private static CipherContent ReadContent(int type, CipherRequest request, JsonElement body)
    {
        CipherContent content = ApiJson.Convert<CipherContent>(body);
        ContentRules.Check(content);
        if (!string.IsNullOrWhiteSpace(request.Data))
        {
            return ReadData(type, request.Data);
        }

        // The official server dereferences null here.
        return content.MemberFor(type) is null ? throw ApiException.Unhandled() : content.Only(type);
    }

    /// <summary>The trap since 2025.9.2: what is in data is stored, whatever the structured members say.</summary>
    private static CipherContent ReadData(int type, string data)
    {
        const int Maximum = 500_000;
        if (data.Length > Maximum)
        {
            throw ApiException.ModelState("Data", $"The field Data must be a string with a maximum length of {Maximum}.");
        }

        return CipherData.IsSealed(data) ? new CipherContent() : CipherData.Read(type, data);
    }

    private static StoredCipher Fill(StoredCipher cipher, CipherRequest request, CipherContent content, DateTime now) => cipher with
    {
        Content = content,
        SealedData = request.Data is string data && content == new CipherContent() ? data : null,
        FolderId = request.Folder,
        Favorite = request.Favorite,
        Reprompt = request.Reprompt,
        Key = request.Key,
        ArchivedDate = request.ArchivedDate,
        RevisionDate = now,
    };
}
