using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Adds what an exported file holds to the personal vault, or to an organization's.</summary>
[Cmdlet(VerbsData.Import, "BwVault", SupportsShouldProcess = true)]
[OutputType(typeof(ImportSummary))]
public sealed class ImportBwVaultCommand : SessionCmdlet
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NotBlank]
    public string? Path { get; set; }

    /// <summary>The password of the file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>The organization that becomes the owner, by name or id.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OrganizationCompleter))]
    [NotBlank]
    public string? Organization { get; set; }

    /// <summary>Leaves out what is in the vault already.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        UnlockedVault vault = session.GetVault();
        string path = LocalPath.Resolve(this, Path!);
        Guid? organization = Organization is null ? null : WritePlace.One(vault.GetOrganizations(), Organization, vault.MissingOrganization).Id;
        VaultImporter importer = session.GetWriter().Import;
        ImportPlan plan = Prepare(importer, path, organization);
        string places = organization is null ? "folders" : "collections";
        string target = $"{(organization is null ? "Vault of" : "Organization of")} {session.Account.Shown()}";
        if (ShouldProcess(
            target, $"Import {plan.ItemCount} items and {plan.PlaceCount} new {places} of '{path.Shown()}', {plan.SkippedCount} items are there already"))
        {
            WriteObject(Await(token => importer.SendAsync(plan, token)));
        }
    }

    private ImportPlan Prepare(VaultImporter importer, string path, Guid? organization)
    {
        using SecretBytes? password = Password is null ? null : SecretBytes.FromSecureString(Password);
        ImportOptions options = new() { Password = password, OrganizationId = organization, Resume = Resume };
        return Await(token => importer.PrepareAsync(path, options, token));
    }
}
