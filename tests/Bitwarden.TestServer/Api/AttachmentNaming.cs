using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>What a write of an item says of one of its attachments. Both are replaced: a key that is left out is lost.</summary>
internal sealed record AttachmentNaming(string? FileName, string? Key)
{
    /// <summary>An attachment after a write of its item; one that the request does not name stays as it is.</summary>
    internal static StoredAttachment Apply(StoredAttachment attachment, PostedCipher request) => request switch
    {
        { Attachments2: { Count: > 0 } named } => named.TryGetValue(attachment.Id, out AttachmentNaming? both)
            ? attachment with { FileName = both.FileName, Key = both.Key }
            : attachment,
        { Attachments: { Count: > 0 } named } => named.TryGetValue(attachment.Id, out string? name)
            ? attachment with { FileName = name, Key = null }
            : attachment,
        _ => attachment,
    };
}
