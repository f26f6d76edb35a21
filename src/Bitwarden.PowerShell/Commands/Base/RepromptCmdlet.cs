using System.Management.Automation;
using System.Security;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that reads or writes what the master password may be asked for again.</summary>
public abstract class RepromptCmdlet : SessionCmdlet, IRepromptParameters
{
    /// <summary>The master password, for items that want it again.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? MasterPassword { get; set; }

    /// <summary>Does not ask for the master password again.</summary>
    [Parameter]
    public SwitchParameter SkipReprompt { get; set; }
}
