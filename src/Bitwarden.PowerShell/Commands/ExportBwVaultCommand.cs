using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Transfer;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Writes the personal vault, or what an organization has, to a file of the official client's forms.</summary>
[Cmdlet(VerbsData.Export, "BwVault", SupportsShouldProcess = true)]
[OutputType(typeof(ExportSummary))]
public sealed class ExportBwVaultCommand : RepromptCmdlet
{
    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NotBlank]
    public string? Path { get; set; }

    /// <summary>The form of the file.</summary>
    [Parameter]
    public ExportFormat Format { get; set; }

    /// <summary>The password of the file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>The organization whose items are exported, by name or id.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OrganizationCompleter))]
    [NotBlank]
    public string? Organization { get; set; }

    /// <summary>Writes the file although items cannot be read, without these.</summary>
    [Parameter]
    public SwitchParameter SkipUnreadable { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private bool IsPlain => Format is ExportFormat.Json or ExportFormat.Csv;

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        UnlockedVault vault = session.GetVault();
        string path = LocalPath.Resolve(this, Path!);
        Guid? organization = Organization is null ? null : WritePlace.One(vault.GetOrganizations(), Organization, vault.MissingOrganization).Id;
        string target = $"{(organization is null ? "Vault of" : "Organization of")} {session.Account.Shown()}";
        if (ShouldProcess(target, $"Export to '{path.Shown()}' as {Format}") && (!IsPlain || !WillAsk() || IsSwitchedOn("Confirm") == true || IsSure(path)))
        {
            EnsureReprompt(session, vault, organization);
            Export(session, path, organization);
        }
    }

    private void EnsureReprompt(BitwardenSession session, UnlockedVault vault, Guid? organization)
    {
        // What stays under the account's own key shows nobody anything.
        if (Format != ExportFormat.AccountEncryptedJson
            && vault.Items.FirstOrDefault(item => item.Reprompt && item.OrganizationId == organization) is VaultItem item)
        {
            Gate(this).Ensure(session, item, Host);
        }
    }

    private void Export(BitwardenSession session, string path, Guid? organization)
    {
        using SecretBytes? password = Password is null ? null : SecretBytes.FromSecureString(Password);
        ExportOptions options = new()
        {
            Format = Format,
            Password = password,
            OrganizationId = organization,
            SkipUnreadable = SkipUnreadable,
            Overwrite = Force,
        };
        ExportSummary summary = Await(token => session.GetExporter().SaveAsync(path, options, token));
        foreach (UnreadableItem item in summary.Unreadable)
        {
            WriteFailure(new ItemUnreadableException(item.Id, item.Problem.Field, EncryptionException.Unreadable(item.Problem.Code)), item.Name);
        }

        if (summary.Path is null)
        {
            throw TransferException.ExportIncomplete(summary.Unreadable.Count, path);
        }

        Warn(summary);
        WriteObject(summary);
    }

    private void Warn(ExportSummary summary)
    {
        if (summary.FileCount > 0)
        {
            WriteWarning($"The export has none of the {summary.FileCount} attachments of its items: no form of it holds files. Get-BwAttachment saves them.");
        }

        if (summary.LeftOutCount > 0)
        {
            WriteWarning($"The export lacks {summary.LeftOutCount} items that are neither logins nor secure notes: a table cannot hold them.");
        }
    }

    private bool IsSure(string path)
    {
        bool Ask() => ShouldContinue($"Everybody who can read '{path.Shown()}' will be able to read every secret in it. Go on?", "Export without encryption");
        return new InteractiveHost(Host).Confirm(Ask) ?? throw InputErrors.ExportNotConfirmed();
    }
}
