using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gives files of the oldest form keys of their own.</summary>
[Cmdlet(VerbsData.Update, "BwAttachment", SupportsShouldProcess = true)]
public sealed class UpdateBwAttachmentCommand : AttachmentCmdlet
{
    /// <summary>Which files of the items; all without it.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(AttachmentNameCompleter))]
    [SupportsWildcards]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string>? FileNames => Name;

    /// <inheritdoc/>
    private protected override void Work(BitwardenSession session, VaultItem item, ItemAttachment file)
    {
        string target = $"File '{file.FileName.Shown()}' of '{item.UniqueName.Shown()}'";
        if (file.HasOwnKey)
        {
            WriteVerbose($"{target} has a key of its own already.");
        }
        else if (ShouldProcess(target, "Encrypt with a key of its own"))
        {
            EnsureReprompt(session, item);
            Await(token => session.GetWriter().Files.UpgradeAsync(item, file, token));
        }
    }
}
