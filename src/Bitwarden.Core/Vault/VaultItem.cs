using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Vault;

/// <summary>
/// An item of an unlocked vault. Names are decrypted when the vault is unlocked; user name, addresses and the list of values when they are
/// first asked for; values only by the methods of <see cref="ItemValue"/>. Immutable, and safe for use by several threads.
/// </summary>
public sealed class VaultItem
{
    private readonly UnlockedVault _vault;
    private readonly Lazy<ItemContent> _content;

    internal VaultItem(UnlockedVault vault, CipherRecord record)
    {
        _vault = vault;
        Record = record;
        _content = new Lazy<ItemContent>(() => CipherCodec.Decrypt(this, vault));
    }

    /// <summary>The item's id.</summary>
    public Guid Id => Record.Id;

    /// <summary>The name as the user gave it; null when it cannot be decrypted. Not unique.</summary>
    public string? Name { get; internal set; }

    /// <summary>A name that no other item of the vault has, ignoring case; accepted wherever an item is named.</summary>
    public string UniqueName { get; internal set; } = string.Empty;

    /// <summary>The kind of item.</summary>
    public ItemType Type => (ItemType)Record.Type;

    /// <summary>The folder's name, with <c>/</c> for nesting; null for none.</summary>
    public string? Folder { get; internal init; }

    /// <summary>The organization's name; null for a personal item.</summary>
    public string? Organization { get; internal init; }

    /// <summary>The organization's id; null for a personal item.</summary>
    public Guid? OrganizationId => Record.OrganizationId;

    /// <summary>Names of the collections that hold the item.</summary>
    public IReadOnlyList<string> Collections { get; internal init; } = [];

    /// <summary>A login's user name; null for none.</summary>
    public string? Username => _content.Value.Username;

    /// <summary>A login's addresses.</summary>
    public IReadOnlyList<string> Uris => _content.Value.Uris;

    /// <summary>A login's password; null for none.</summary>
    public ItemValue? Password => Value("password");

    /// <summary>A login's TOTP secret, from which <c>#totp</c> computes codes; null for none.</summary>
    public ItemValue? Totp => Value("totp");

    /// <summary>The notes; for a secure note, its content.</summary>
    public ItemValue? Notes => Value("notes");

    /// <summary>Every value of the item by its selector: <c>password</c>, <c>notes</c>, <c>number</c>, <c>privateKey</c> and so on.</summary>
    public IReadOnlyDictionary<string, ItemValue> Values => _content.Value.Values;

    /// <summary>The custom fields.</summary>
    public IReadOnlyList<ItemField> Fields => _content.Value.Fields;

    /// <summary>The files.</summary>
    public IReadOnlyList<ItemAttachment> Attachments => _content.Value.Attachments;

    /// <summary>What could not be decrypted; empty when all is well.</summary>
    public IReadOnlyList<ItemProblem> Problems => _content.Value.Problems;

    /// <summary>Whether the user marked the item as a favourite.</summary>
    public bool Favorite => Record.Favorite;

    /// <summary>Whether official clients ask for the master password again before they show the item. Not enforced here.</summary>
    public bool Reprompt => Record.Reprompt == 1;

    /// <summary>When the item was made.</summary>
    public DateTimeOffset? CreationDate => Record.CreationDate;

    /// <summary>When the item was last changed.</summary>
    public DateTimeOffset? RevisionDate => Record.RevisionDate;

    /// <summary>When a login's password was last changed; null if never.</summary>
    public DateTimeOffset? PasswordRevisionDate => Record.Login?.PasswordRevisionDate;

    /// <summary>When the item was moved to the trash; null for an item that was not.</summary>
    public DateTimeOffset? DeletedDate => Record.DeletedDate;

    /// <summary>When the item was archived; null for an item that was not.</summary>
    public DateTimeOffset? ArchivedDate => Record.ArchivedDate;

    internal CipherRecord Record { get; }

    /// <summary>Failure of the name alone, found when the vault was unlocked.</summary>
    internal ItemProblem? NameProblem { get; init; }

    /// <summary>Whether a text is one of the item's names: unique or plain, with folder, user name or id behind it, or the id itself. Case is ignored.</summary>
    /// <param name="text">The text, exactly; no wildcards.</param>
    public bool IsNamed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return UniqueNames.Matches(this, text) || (Guid.TryParse(text, out Guid id) && id == Id);
    }

    /// <summary>Fails when nothing of the item can be read, so that it is not taken for an empty one.</summary>
    /// <exception cref="Errors.ItemUnreadableException">With the code of the problem.</exception>
    public void EnsureReadable()
    {
        if (Values.Count == 0 && Fields.Count == 0 && Problems.Count > 0)
        {
            throw new Errors.ItemUnreadableException(Id, Problems[0].Field, Errors.EncryptionException.Unreadable(Problems[0].Code));
        }
    }

    /// <summary>The unique name.</summary>
    public override string ToString() => UniqueName;

    internal ItemValue? Value(string selector) => _content.Value.Values.GetValueOrDefault(selector);

    internal SecretBytes Decrypt(string field, EncString value) => _vault.Decrypt(this, field, value);
}
