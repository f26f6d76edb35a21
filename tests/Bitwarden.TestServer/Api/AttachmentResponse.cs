using System.Globalization;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>An attachment as the Api service answers it; the size is a text.</summary>
internal sealed record AttachmentResponse(string Object, string Id, string Url, string FileName, string? Key, string Size, string SizeName)
{
    internal static AttachmentResponse From(StoredCipher cipher, StoredAttachment attachment, ApiCall call, string query)
    {
        int size = attachment.Content?.Length ?? 0;
        return new AttachmentResponse(
            "attachment",
            attachment.Id,
            $"{call.BaseUrl}/attachments/{cipher.Id}/{attachment.Id}{query}",
            attachment.FileName,
            attachment.Key,
            size.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{size / 1024.0:0.##} KB"));
    }
}
