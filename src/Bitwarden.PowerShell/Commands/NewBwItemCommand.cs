using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Ssh;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Creates items, one from the parameters or one for each row of a table.</summary>
[Cmdlet(VerbsCommon.New, "BwItem", DefaultParameterSetName = LoginSet, SupportsShouldProcess = true)]
[OutputType(typeof(VaultItem))]
public sealed class NewBwItemCommand : ItemContentCmdlet
{
    private readonly HashSet<string> _unknown = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? Name { get; set; }

    /// <summary>Makes a secure note.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NoteSet)]
    public SwitchParameter Note { get; set; }

    /// <summary>Makes a card.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CardSet)]
    public SwitchParameter Card { get; set; }

    /// <summary>Makes an identity.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdentitySet)]
    public SwitchParameter Identity { get; set; }

    /// <summary>Makes an SSH key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SshKeySet)]
    public SwitchParameter SshKey { get; set; }

    /// <summary>The kind of the key that is made.</summary>
    [Parameter(ParameterSetName = SshKeySet)]
    [ValidateNotNull]
    public SshKeyType? KeyType { get; set; }

    /// <summary>The bits of the RSA key that is made.</summary>
    [Parameter(ParameterSetName = SshKeySet)]
    [ValidateSet("2048", "3072", "4096")]
    public int? KeySize { get; set; }

    /// <summary>A file with the private key, which is taken instead of a new one.</summary>
    [Parameter(ParameterSetName = SshKeySet)]
    [NotBlank]
    public string? KeyFile { get; set; }

    /// <summary>The passphrase of that file.</summary>
    [Parameter(ParameterSetName = SshKeySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? KeyPassphrase { get; set; }

    /// <summary>Makes a bank account.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BankAccountSet)]
    public SwitchParameter BankAccount { get; set; }

    /// <summary>Makes a driver's licence.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DriversLicenseSet)]
    public SwitchParameter DriversLicense { get; set; }

    /// <summary>Makes a passport.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PassportSet)]
    public SwitchParameter Passport { get; set; }

    /// <summary>The collections that hold the item, by name or id.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    [NotBlank]
    public string[]? Collection { get; set; }

    /// <summary>The organization that owns the item, by name or id.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OrganizationCompleter))]
    [NotBlank]
    public string? Organization { get; set; }

    /// <summary>A row of a table, with columns that are called as the parameters.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ItemRow]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject? InputObject { get; set; }

    private ItemType Kind => ParameterSetName == NoteSet ? ItemType.SecureNote : Enum.Parse<ItemType>(ParameterSetName);

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        Forget(nameof(InputObject));
        UnlockedVault vault = session.GetVault();
        ForOne(Name, () => Create(session, vault, Given()));
    }

    private IReadOnlyDictionary<string, object?> Given()
    {
        if (InputObject is null)
        {
            return OnCommandLine;
        }

        Dictionary<string, object?> given = new(OnCommandLine, StringComparer.OrdinalIgnoreCase);
        bool ownPassword = InputObject.Properties["Password"]?.Value is not (null or "");
        if (ownPassword)
        {
            given.Remove(nameof(GeneratePassword));
        }

        return ItemRow.Merge(given, InputObject, IsColumn, WarnOf);
    }

    // A generated password or a credential is not a column: a table has text.
    private bool IsColumn(string name) => name.ToUpperInvariant() is "NAME" or "NOTES" or "URI" or "FIELD" or "FAVORITE" or "REPROMPT" or "FOLDER"
        or "ORGANIZATION" or "COLLECTION" || ItemTypes.Of(Kind).Member(name) is not null;

    private void WarnOf(string column)
    {
        if (_unknown.Add(column))
        {
            WriteWarning($"The column '{column.Shown()}' is none that an item of the type {Kind} has, and is left out.");
        }
    }

    private void Create(BitwardenSession session, UnlockedVault vault, IReadOnlyDictionary<string, object?> given)
    {
        using ItemEdit edit = new() { Name = Name };
        ItemInput input = new(given, canClear: false) { Rules = vault.GeneratorRules };
        input.Fill(edit);
        if (input.TryGetText(nameof(Folder), out string folder))
        {
            edit.MoveTo(WritePlace.Folder(vault, folder));
        }

        SshKeyInput key = new(KeyType, KeySize, KeyFile is null ? null : LocalPath.Resolve(this, KeyFile), KeyPassphrase);
        if (Kind == ItemType.SshKey && key.IsWanted(given))
        {
            Await(token => key.FillAsync(edit, token));
        }

        edit.EnsureFits(Kind);
        (Guid Organization, IReadOnlyList<Guid> Collections)? owner = Owner(vault, given);
        string values = string.Join(", ", edit.Changes.Skip(1).Select(change => change.Shown()));
        if (ShouldProcess($"{Kind} '{Name.Shown()}'", values.Length == 0 ? "Create" : $"Create with {values}"))
        {
            ItemWriter writer = session.GetWriter().Items;
            WriteObject(Await(token => owner is var (organization, collections)
                ? writer.CreateAsync(Kind, edit, organization, collections, token)
                : writer.CreateAsync(Kind, edit, token)));
        }
    }

    private static (Guid Organization, IReadOnlyList<Guid> Collections)? Owner(UnlockedVault vault, IReadOnlyDictionary<string, object?> given)
    {
        string? organization = given.GetValueOrDefault(nameof(Organization))?.ToString();
        string[] collections = given.GetValueOrDefault(nameof(Collection)) switch
        {
            null => [],
            string[] several => several,
            object one => [LanguagePrimitives.ConvertTo<string>(one)],
        };
        return (organization, collections.Length) switch
        {
            (null, 0) => null,
            (_, 0) => throw InputErrors.CollectionMissing(),
            _ => WritePlace.Collections(vault, organization, collections),
        };
    }
}
