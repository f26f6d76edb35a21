namespace Bitwarden.Core.Sessions;

/// <summary>What changes the vault of a session. The vault shows each change at once.</summary>
public sealed class VaultWriter
{
    internal VaultWriter(VaultUpdate update, ChangeQueue changes, TimeProvider time, Func<bool> givesOwnKeys)
    {
        Items = new ItemWriter(update, changes, time, givesOwnKeys);
        Places = new ItemMover(update, changes);
        Folders = new FolderWriter(update, changes);
        Files = new AttachmentWriter(update, changes);
        Import = new VaultImporter(update, changes, givesOwnKeys);
    }

    /// <summary>Creates items and changes what they hold.</summary>
    public ItemWriter Items { get; }

    /// <summary>Changes where items are: in the trash, the archive, a folder, a collection.</summary>
    public ItemMover Places { get; }

    /// <summary>Creates, renames and removes folders.</summary>
    public FolderWriter Folders { get; }

    /// <summary>Adds and removes the files of items.</summary>
    public AttachmentWriter Files { get; }

    /// <summary>Adds what exported files hold.</summary>
    public VaultImporter Import { get; }
}
