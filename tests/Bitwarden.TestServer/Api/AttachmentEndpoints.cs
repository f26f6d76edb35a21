using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>Attachments: links, download without a bearer token, and the two steps of an upload.</summary>
internal static class AttachmentEndpoints
{
    internal static void Map(ServerRoutes routes)
    {
        routes.Authorized("/api")
            .Get("/ciphers/{id}/attachment/{attachmentId}", GetLink)
            .Post("/ciphers/{id}/attachment/v2", AnnounceAsync)
            .Post("/ciphers/{id}/attachment/{attachmentId}", UploadAsync)
            .Delete("/ciphers/{id}/attachment/{attachmentId}", Remove);
        routes.Anonymous("/attachments").Get("/{cipherId}/{attachmentId}", DownloadAsync);
    }

    /// <summary>Serves an encrypted file; refuses a bearer token, as blob storage does.</summary>
    private static async Task<object?> DownloadAsync(AnonymousCall call)
    {
        HttpResponse response = call.Http.Response;
        if (call.Http.Request.Headers.ContainsKey("Authorization"))
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }

        if (!call.Server.Downloads.Accepts(call.Http.Request.Query["token"].ToString()) || FindFile(call) is not byte[] file)
        {
            throw ApiException.NotFound();
        }

        response.ContentType = "application/octet-stream";
        response.ContentLength = file.Length;
        await response.Body.WriteAsync(file, call.Http.RequestAborted);
        return null;
    }

    private static byte[]? FindFile(AnonymousCall call)
    {
        Guid id = call.Id("cipherId");
        return call.Server.Accounts.Made.Select(account => account.Vault.Find(id)).OfType<StoredCipher>()
            .SelectMany(cipher => cipher.Attachments).FirstOrDefault(item => item.Id == call.Text("attachmentId"))?.Content;
    }

    private static StoredCipher FindCipher(ApiCall call) => call.Account.Vault.Find(call.Id()) ?? throw ApiException.NotFound();

    private static StoredAttachment FindAttachment(ApiCall call, StoredCipher cipher) =>
        cipher.Attachments.Find(item => item.Id == call.Text("attachmentId")) ?? throw ApiException.NotFound();

    private static object GetLink(ApiCall call)
    {
        StoredCipher cipher = FindCipher(call);
        return AttachmentResponse.From(cipher, FindAttachment(call, cipher), call, $"?token={call.Server.Downloads.Issue()}");
    }

    private static async Task<object?> AnnounceAsync(ApiCall call)
    {
        AttachmentRequest request = await call.ReadAsync<AttachmentRequest>();
        ContentRules.CheckName(request.FileName);
        StoredCipher cipher = FindCipher(call);
        WriteRules.CheckRevision(cipher, request.LastKnownRevisionDate);
        WriteRules.CheckEdit(call, cipher);
        StoredAttachment attachment = new(Guid.NewGuid().ToString("N"), request.FileName!, request.Key, request.FileSize, null);
        StoredCipher changed = Change(call, current => current with { Attachments = current.Attachments.Add(attachment) });
        return new
        {
            Object = "attachment-fileUpload",
            AttachmentId = attachment.Id,
            Url = $"{changed.Id}/attachment/{attachment.Id}",
            FileUploadType = 0,
            CipherResponse = CipherResponse.Plain(changed, call),
            CipherMiniResponse = (object?)null,
        };
    }

    private static async Task<object?> UploadAsync(ApiCall call)
    {
        StoredAttachment announced = FindAttachment(call, FindCipher(call));
        IFormCollection form = await call.Http.Request.ReadFormAsync(call.Http.RequestAborted);
        IFormFile file = form.Files.GetFile("data") ?? throw ApiException.BadRequest("No file was uploaded.");
        using MemoryStream content = new();
        await file.CopyToAsync(content, call.Http.RequestAborted);
        Change(call, cipher => cipher with { Attachments = cipher.Attachments.Replace(announced, announced with { Content = content.ToArray() }) });
        return null;
    }

    private static object Remove(ApiCall call)
    {
        StoredCipher cipher = FindCipher(call);
        if (!call.Account.Vault.AccessTo(cipher).Edit)
        {
            throw ApiException.BadRequest("You do not have permissions to delete this.");
        }

        StoredAttachment attachment = FindAttachment(call, cipher);
        StoredCipher changed = Change(call, current => current with { Attachments = current.Attachments.Remove(attachment) });
        return new { Object = "deleteAttachment", Cipher = CipherResponse.Plain(changed, call) };
    }

    private static StoredCipher Change(ApiCall call, Func<StoredCipher, StoredCipher> change) =>
        call.Account.Vault.Update(call.Id(), cipher => change(cipher) with { RevisionDate = call.Now }) ?? throw ApiException.NotFound();

    private sealed record AttachmentRequest(string? Key, string? FileName, long FileSize, DateTime? LastKnownRevisionDate);
}
