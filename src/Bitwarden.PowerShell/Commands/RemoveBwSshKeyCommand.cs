using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Ssh;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Has the running SSH agent forget the keys of items.</summary>
[Cmdlet(VerbsCommon.Remove, "BwSshKey", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class RemoveBwSshKeyCommand : SshAgentCmdlet
{
    // The master password is not asked for again: of the key only the public part leaves the process, and nothing is shown.
    private protected override void Apply(BitwardenSession session, VaultItem item)
    {
        string name = item.UniqueName.Shown();
        if (!ShouldProcess($"SshKey '{name}'", "Remove from the SSH agent"))
        {
            return;
        }

        using SshKey key = ReadKey(session, item);
        Ask((agent, token) => agent.RemoveAsync(key, token));
        WriteVerbose($"The SSH agent has no longer '{name}' ({key.Fingerprint}).");
    }
}
