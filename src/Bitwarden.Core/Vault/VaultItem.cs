using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Matching;

namespace Bitwarden.Core.Vault;

/// <summary>
/// An item of an unlocked vault. Names are decrypted when the vault is unlocked, everything else when it is first asked for; values only by the methods of
/// <see cref="ItemValue"/>. Safe for use by several threads; an item that a sync did not change stays the same object.
/// </summary>
public sealed class VaultItem
{
    private readonly VaultAccess _access;
    private volatile CipherRow _row;
    private volatile ItemContent? _content;

    internal VaultItem(CipherRow row, VaultAccess access)
    {
        _row = row;
        _access = access;
    }

    /// <summary>The item's id.</summary>
    public Guid Id => _row.Id;

    /// <summary>The name as the user gave it; null when it cannot be decrypted. Not unique.</summary>
    public string? Name { get; private set; }

    /// <summary>A name that no other item of the vault has, ignoring case; accepted wherever an item is named.</summary>
    public string UniqueName { get; internal set; } = string.Empty;

    /// <summary>The kind of item.</summary>
    public ItemType Type => (ItemType)_row.Type;

    /// <summary>The folder's name, with <c>/</c> for nesting; null for none.</summary>
    public string? Folder => _access.Names.FolderOf(_row);

    /// <summary>The folder's id; null for none.</summary>
    public Guid? FolderId => _row.FolderId == Guid.Empty ? null : _row.FolderId;

    /// <summary>The organization's name; null for a personal item.</summary>
    public string? Organization => _access.Names.OrganizationOf(_row);

    /// <summary>The organization's id; null for a personal item.</summary>
    public Guid? OrganizationId => _row.OrganizationId == Guid.Empty ? null : _row.OrganizationId;

    /// <summary>Ids of the collections that hold the item. Nothing is decrypted or kept for it.</summary>
    public IReadOnlyList<Guid> CollectionIds => new TextList<Guid>(CollectionIdReader.Read(_row.Json));

    /// <summary>Names of the collections that hold the item.</summary>
    public IReadOnlyList<string> Collections => _access.Names.NamesOf(Content.Record.CollectionIds);

    /// <summary>A login's user name; null for none.</summary>
    public string? Username => Content.Username;

    /// <summary>A login's addresses.</summary>
    public IReadOnlyList<string> Uris => Content.Uris;

    /// <summary>A login's password; null for none.</summary>
    public ItemValue? Password => Value("password");

    /// <summary>A login's TOTP secret, from which <c>#totp</c> computes codes; null for none.</summary>
    public ItemValue? Totp => Value("totp");

    /// <summary>The notes; for a secure note, its content.</summary>
    public ItemValue? Notes => Value("notes");

    /// <summary>Every value of the item by its selector: <c>password</c>, <c>notes</c>, <c>number</c>, <c>privateKey</c> and so on.</summary>
    public IReadOnlyDictionary<string, ItemValue> Values => Content.Values;

    /// <summary>Whether the item has a value, which stays encrypted. A listing asks this rather than for the value.</summary>
    /// <param name="selector">Its selector, as in <see cref="Values"/>.</param>
    public bool Has(string selector) => Content.Has(selector);

    /// <summary>The custom fields.</summary>
    public IReadOnlyList<ItemField> Fields => Content.Fields;

    /// <summary>The files.</summary>
    public IReadOnlyList<ItemAttachment> Attachments => Content.Attachments;

    /// <summary>What cannot be read; empty when all is well. Asking checks every part of the item, so that it is for one item and not for a listing.</summary>
    public IReadOnlyList<ItemProblem> Problems => Content.Check.Problems;

    /// <summary>Whether the user marked the item as a favourite.</summary>
    public bool Favorite => _row.Has(CipherFlags.Favorite);

    /// <summary>Whether official clients ask for the master password again before they show the item. Not enforced here.</summary>
    public bool Reprompt => _row.Has(CipherFlags.Reprompt);

    /// <summary>When the item was made.</summary>
    public DateTimeOffset? CreationDate => _row.CreationDate.Value;

    /// <summary>When the item was last changed.</summary>
    public DateTimeOffset? RevisionDate => _row.RevisionDate.Value;

    /// <summary>When a login's password was last changed; null if never.</summary>
    public DateTimeOffset? PasswordRevisionDate => Content.Record.Login?.PasswordRevisionDate;

    /// <summary>When the item was moved to the trash; null for an item that was not.</summary>
    public DateTimeOffset? DeletedDate => _row.DeletedDate.Value;

    /// <summary>When the item was archived; null for an item that was not.</summary>
    public DateTimeOffset? ArchivedDate => _row.ArchivedDate.Value;

    internal CipherRow Row => _row;

    /// <summary>Failure of the name alone, found when the vault was unlocked.</summary>
    internal ItemProblem? NameProblem { get; private set; }

    internal VaultAccess Access => _access;

    /// <summary>A login's addresses, with how each wants to be compared.</summary>
    internal IReadOnlyList<ItemAddress> Addresses => Content.Addresses;

    /// <summary>
    /// Decrypts what a row of a listing shows: user name, addresses, names of fields and files. For listings of many items, by any number of threads: each
    /// part by itself would open the item's key anew.
    /// </summary>
    /// <exception cref="SessionException">VaultLocked.</exception>
    public void DecryptRow() => _content ??= CipherCodec.Read(this, _access, forRow: true);

    /// <summary>Whether a text is one of the item's names: plain, with folder, user name or id behind it, or the id itself. Case is ignored.</summary>
    /// <param name="text">The text, exactly; no wildcards.</param>
    public bool IsNamed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (Guid.TryParse(text, out Guid id) && id == Id) || NameForms.IsFormOf(this, text);
    }

    /// <summary>Whether an address of the item is one that is looked for, compared in the way that the item asks for (protocol 5.5).</summary>
    /// <param name="address">What is looked for.</param>
    public bool HasAddress(AddressMatcher address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Content.Addresses.Any(stored => address.IsMatch(stored.Uri, stored.Match));
    }

    /// <summary>Gives the addresses that are meant to be opened: those that are no regular expressions. Not checked in any way.</summary>
    public IReadOnlyList<string> GetLinks() =>
        [.. Content.Addresses.Where(address => address.Match != UriMatch.RegularExpression).Select(address => address.Uri)];

    /// <summary>Gives every selector that the item answers to. A method, so that no view or export asks for it.</summary>
    public IReadOnlyList<string> GetSelectors() => SecretSelector.Available(this);

    /// <summary>Whether the login has passkeys. They stay as they are, and are for official clients. A method, because nothing is kept for it.</summary>
    public bool HasPasskeys() => PasskeyReader.HasAny(_row.Json);

    /// <summary>Fails when nothing of the item can be read, so that it is not taken for an empty one.</summary>
    /// <exception cref="ItemUnreadableException">With the code of the problem.</exception>
    public void EnsureReadable()
    {
        if (Content.Unreadable is ItemProblem problem)
        {
            throw new ItemUnreadableException(Id, problem.Field, EncryptionException.Unreadable(problem.Code));
        }
    }

    /// <summary>The unique name.</summary>
    public override string ToString() => UniqueName;

    /// <summary>Fails when the item cannot be written safely, or may not be.</summary>
    /// <param name="inTrash">Whether it may be in the trash.</param>
    /// <exception cref="ItemWriteException">ItemNotWritable.</exception>
    internal void EnsureWritable(bool inTrash = false)
    {
        EnsureUnderstood();
        string? reason = this switch
        {
            { DeletedDate: not null } when !inTrash => "it is in the trash",
            _ when Content.Record.Edit == false => "your organization lets you only read it",
            _ => null,
        };
        if (reason is not null)
        {
            throw ItemWriteException.NotWritable(UniqueName, Id, reason);
        }
    }

    /// <summary>Fails when a copy of the item would lack something, or show what the account may not see.</summary>
    /// <exception cref="ItemWriteException">ItemNotWritable.</exception>
    internal void EnsureCopyable()
    {
        EnsureUnderstood();
        if (HidesPasswords)
        {
            throw ItemWriteException.NotWritable(UniqueName, Id, "your organization hides its passwords from your account");
        }
    }

    /// <summary>Whether the organization hides passwords in the item from the account.</summary>
    internal bool HidesPasswords => Content.Record.ViewPassword == false;

    /// <summary>Whether the name is this ciphertext.</summary>
    internal bool HasName(string wire) => CipherCodec.NameWire(_row) == wire;

    /// <summary>Whether the organization lets the account only read the item.</summary>
    internal bool IsReadOnly => Content.Record.Edit == false;

    /// <summary>Checks every part of the item, and keeps nothing of what is parsed for it.</summary>
    internal ItemCheck Check() => CipherCodec.Read(this, _access).Check;

    internal ItemValue? Value(string selector) => Content.Values.GetValueOrDefault(selector);

    /// <summary>Decrypts the name; for the thread that makes the index, before anybody else sees the item.</summary>
    internal void DecryptName() => (Name, NameProblem) = CipherCodec.DecryptName(_row, _access);

    /// <summary>Moves the item to a newer answer that has the same bytes for it.</summary>
    internal void MoveTo(CipherRow row) => _row = row;

    /// <summary>Keeps the item readable when the answer that it came in is replaced by one with other bytes for it, or none.</summary>
    internal void Detach() => _row = _row.Detach();

    private void EnsureUnderstood()
    {
        string? reason = Content.Unreadable switch
        {
            ItemProblem { Code: ErrorCodes.UnsupportedEncryption } => "its encryption is newer than this version knows",
            ItemProblem problem => $"it cannot be read ({problem.Code})",
            _ => ItemTypes.IsKnown(Type) ? null : $"items of the type {(long)Type} are newer than this version",
        };
        if (reason is not null)
        {
            throw ItemWriteException.NotWritable(UniqueName, Id, reason);
        }
    }

    private ItemContent Content => _content ??= CipherCodec.Read(this, _access);
}
