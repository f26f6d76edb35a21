using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>Creates and replaces items under the official server's rules (protocol 7.2 and 7.3).</summary>
internal static class CipherWriter
{
    internal static StoredCipher Create(ApiCall call, JsonElement body, IReadOnlyList<Guid> collections)
    {
        PostedCipher request = Read(body);
        WriteRules.CheckOwner(call, request, request.Organization is not null);
        CipherContent content = ReadContent(request.Type, request, body);
        if (request.Organization is Guid organization)
        {
            WriteRules.CheckMembership(call, organization);
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
        return call.Account.Vault.Put(Fill(blank, request, content, now));
    }

    internal static StoredCipher Replace(ApiCall call, Guid id, JsonElement body)
    {
        PostedCipher request = Read(body);
        StoredCipher stored = call.Account.Vault.Find(id) ?? throw ApiException.NotFound();
        WriteRules.CheckOwner(call, request, stored.OrganizationId is not null);
        WriteRules.CheckPasskeys(call, stored);
        return call.Account.Vault.Update(id, current =>
        {
            WriteRules.CheckPlace(current, request.Organization);
            CipherContent content = ReadContent(current.Type, request, body);
            WriteRules.CheckEdit(call, current);
            WriteRules.CheckRevision(current, request.LastKnownRevisionDate);
            return Fill(current, request, content, call.Now, body);
        }) ?? throw ApiException.NotFound();
    }

    /// <summary>Reads a request and checks the shape of everything in it, which comes before any question of rights.</summary>
    internal static PostedCipher Read(JsonElement body)
    {
        PostedCipher request = ApiJson.Convert<PostedCipher>(body);
        ContentRules.Check(ApiJson.Convert<CipherContent>(body));
        ContentRules.Check(request.Attachments2);
        return request;
    }

    internal static CipherContent ReadContent(int type, PostedCipher request, JsonElement body)
    {
        if (!string.IsNullOrWhiteSpace(request.Data))
        {
            return ReadData(type, request.Data);
        }

        // The official server dereferences null here.
        CipherContent content = ApiJson.Convert<CipherContent>(body);
        return content.MemberFor(type) is null ? throw ApiException.Unhandled() : content.Only(type);
    }

    /// <param name="cipher">The item before.</param>
    /// <param name="request">What becomes of it, but for the content.</param>
    /// <param name="content">What the client encrypted.</param>
    /// <param name="now">The new revision date.</param>
    /// <param name="body">The whole request, for an item that keeps what this server does not know.</param>
    internal static StoredCipher Fill(StoredCipher cipher, PostedCipher request, CipherContent content, DateTime now, JsonElement? body = null) => cipher with
    {
        Content = content,
        SealedData = request.Data is string blob && content == new CipherContent() ? blob : null,
        GivenData = string.IsNullOrWhiteSpace(request.Data) ? null : request.Data,
        UnknownMembers = cipher.UnknownMembers is not null && body is JsonElement sent ? UnknownMembers.Of(JsonObject.Create(sent)!) : null,
        FolderId = request.Folder,
        Favorite = request.Favorite,
        Reprompt = request.Reprompt,
        Key = request.Key,
        ArchivedDate = request.ArchivedDate,
        Attachments = [.. cipher.Attachments.Select(attachment => AttachmentNaming.Apply(attachment, request))],
        RevisionDate = now,
    };

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
}
