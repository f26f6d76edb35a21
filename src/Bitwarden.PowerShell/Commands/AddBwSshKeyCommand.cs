using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Ssh;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Hands the keys of items to the running SSH agent. No file is written.</summary>
[Cmdlet(VerbsCommon.Add, "BwSshKey", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class AddBwSshKeyCommand : SshAgentCmdlet, IRepromptParameters
{
    /// <summary>After how long the agent forgets the key; a number is seconds.</summary>
    [Parameter]
    [Lifetime]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TimeSpan? Lifetime { get; set; }

    /// <summary>Has the agent ask its user before each use.</summary>
    [Parameter]
    public SwitchParameter ConfirmUse { get; set; }

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
    private protected override void Apply(BitwardenSession session, VaultItem item)
    {
        string name = item.UniqueName.Shown();
        if (!ShouldProcess($"SshKey '{name}'", "Add to the SSH agent"))
        {
            return;
        }

        Gate(this).Ensure(session, item, Host);
        using SshKey key = ReadKey(session, item);
        SshKeyConstraints constraints = SshKeyConstraints.Of(Lifetime, ConfirmUse);
        Ask((agent, token) => agent.AddAsync(key, item.Name ?? item.UniqueName, constraints, token));
        WriteVerbose($"The SSH agent has '{name}' ({key.Fingerprint}).");
    }
}
