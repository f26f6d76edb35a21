namespace Bitwarden.TestServer.Api;

/// <summary>The part of a write request that is not encrypted.</summary>
internal sealed record PostedCipher
{
    /// <summary>In the list of a bulk request only.</summary>
    public Guid? Id { get; init; }

    public int Type { get; init; }

    public string? OrganizationId { get; init; }

    public string? FolderId { get; init; }

    public bool Favorite { get; init; }

    public int Reprompt { get; init; }

    public string? Key { get; init; }

    public string? Data { get; init; }

    public DateTime? LastKnownRevisionDate { get; init; }

    public DateTime? ArchivedDate { get; init; }

    public Guid? EncryptedFor { get; init; }

    public string? EncryptedByKeyId { get; init; }

    /// <summary>Encrypted file names by attachment id: the older form, which takes the keys away.</summary>
    public Dictionary<string, string>? Attachments { get; init; }

    /// <summary>File names and keys by attachment id.</summary>
    public Dictionary<string, AttachmentNaming>? Attachments2 { get; init; }

    internal Guid? Organization => ParseId("OrganizationId", OrganizationId);

    internal Guid? Folder => ParseId("FolderId", FolderId);

    private static Guid? ParseId(string member, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return text.Length > 36
            ? throw ApiException.ModelState(member, $"The field {member} must be a string with a maximum length of 36.")
            : Guid.TryParse(text, out Guid id) ? id : throw ApiException.Unhandled();
    }
}
