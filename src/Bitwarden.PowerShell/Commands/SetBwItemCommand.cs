using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>
/// Changes items. What is not given stays as it is; what is given and empty is taken away. Which kind an item is, the item says: what several kinds have is in
/// the default set too, so that it alone is not ambiguous.
/// </summary>
[Cmdlet(VerbsCommon.Set, "BwItem", DefaultParameterSetName = LoginSet, SupportsShouldProcess = true)]
[OutputType(typeof(VaultItem))]
public sealed class SetBwItemCommand : ItemContentCmdlet, IRepromptParameters
{
    /// <summary>Which items: names, unique or not, or ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ItemName(TakesItems = true, IsList = true)]
    [ArgumentCompleter(typeof(ItemNameCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>The new name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? NewName { get; set; }

    /// <summary>Moves the item to the archive, or with $false out of it.</summary>
    [Parameter]
    public SwitchParameter Archive { get; set; }

    /// <summary>Applies the change also to an item that was changed elsewhere meanwhile.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the changed item.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The master password, for items that want it again.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? MasterPassword { get; set; }

    /// <summary>Does not ask for the master password again.</summary>
    [Parameter]
    public SwitchParameter SkipReprompt { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = LoginSet)]
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string? FirstName { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = LoginSet)]
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string? MiddleName { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = LoginSet)]
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string? LastName { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = LoginSet)]
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public override SecureString? PassportNumber { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = LoginSet)]
    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    public override SecureString? LicenseNumber { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = LoginSet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string? DateOfBirth { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = LoginSet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string? IssuingCountry { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = LoginSet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string? IssueDate { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = LoginSet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string? ExpirationDate { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = LoginSet)]
    [Parameter(ParameterSetName = DriversLicenseSet)]
    [Parameter(ParameterSetName = PassportSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string? IssuingAuthority { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        ItemInput input = new(OnCommandLine, canClear: true) { Rules = session.GetVault().GeneratorRules };
        foreach (string name in Name!)
        {
            ForOne(name, () => Change(session, session.GetVault().Find(name), input));
        }
    }

    private void Change(BitwardenSession session, VaultItem item, ItemInput input)
    {
        using ItemEdit edit = new() { Name = NewName };
        input.Fill(edit);
        if (input.TryGetText(nameof(Folder), out string folder))
        {
            edit.MoveTo(folder.Length == 0 ? null : WritePlace.Folder(session.GetVault(), folder));
        }

        bool? archive = input.Switch(nameof(Archive));
        string[] changes = [.. edit.Changes.Select(change => change.Shown()), .. archive is null ? [] : new[] { "archive" }];
        if (changes.Length == 0)
        {
            throw InputErrors.NothingToChange();
        }

        edit.EnsureFits(item.Type);
        if (ShouldProcess($"{item.Type} '{item.UniqueName.Shown()}'", $"Change {string.Join(", ", changes)}"))
        {
            Gate(this).Ensure(session, item, Host);
            Write(session, item, edit, archive);
        }
    }

    private void Write(BitwardenSession session, VaultItem item, ItemEdit edit, bool? archive)
    {
        VaultItem changed = edit.Changes.Count == 0 ? item : Await(token => session.GetWriter().Items.UpdateAsync(item, edit, Force, token));
        if (archive is bool archived)
        {
            changed = Await(token => session.GetWriter().Places.ArchiveAsync([changed], archived, token))[0];
        }

        if (PassThru)
        {
            WriteObject(changed);
        }
    }
}
