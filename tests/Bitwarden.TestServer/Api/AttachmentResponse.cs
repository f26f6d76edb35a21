using System.Globalization;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>An attachment as the Api service answers it; the size is a text.</summary>
internal sealed record AttachmentResponse(string Object, string Id, string Url, string? FileName, string? Key, string Size, string SizeName)
{
    internal static AttachmentResponse From(StoredCipher cipher, StoredAttachment attachment, ApiCall call, string query) =>
        new(
            "attachment",
            attachment.Id,
            $"{call.BaseUrl}/attachments/{cipher.Id}/{attachment.Id}{query}",
            attachment.FileName,
            attachment.Key,
            attachment.Size.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{attachment.Size / 1024.0:0.##} KB"));
}
