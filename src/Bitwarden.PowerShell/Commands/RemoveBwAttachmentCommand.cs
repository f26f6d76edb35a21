using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Removes files from items, for good.</summary>
[Cmdlet(VerbsCommon.Remove, "BwAttachment", SupportsShouldProcess = true)]
public sealed class RemoveBwAttachmentCommand : AttachmentCmdlet
{
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Which files of the items.</summary>
    [Parameter(Mandatory = true, Position = 1)]
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
        if (ShouldProcess(target, "Delete for good") && (!WillAsk() || IsSwitchedOn("Confirm") == true || IsSure(target)))
        {
            EnsureReprompt(session, item);
            Await(token => session.GetWriter().Files.RemoveAsync(item, file, token));
        }
    }

    // There is no trash for files, so that it asks as Remove-BwItem -Permanent does.
    private bool IsSure(string target)
    {
        bool Ask() => ShouldContinue($"Delete {target} for good? Nobody can bring it back.", "Delete for good", ref _yesToAll, ref _noToAll);
        return _yesToAll || (!_noToAll && (new InteractiveHost(Host).Confirm(Ask) ?? throw InputErrors.RemovalNotConfirmed()));
    }
}
