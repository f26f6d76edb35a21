using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>A file at an item.</summary>
public sealed record ItemAttachment
{
    internal ItemAttachment(string id, string fileName, long? size, AttachmentRecord record)
    {
        Id = id;
        FileName = fileName;
        Size = size;
        Record = record;
    }

    /// <summary>The server's id for the file.</summary>
    public string Id { get; }

    /// <summary>The file's name.</summary>
    public string FileName { get; }

    /// <summary>Encrypted size in bytes; null when the server does not say.</summary>
    public long? Size { get; }

    /// <summary>Whether the file has a key of its own. One of the oldest form has none: it is under the key of the whole vault (protocol 5.9).</summary>
    public bool HasOwnKey => !string.IsNullOrEmpty(Record.Key);

    internal AttachmentRecord Record { get; }

    /// <inheritdoc/>
    public override string ToString() => FileName;
}
