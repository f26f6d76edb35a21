using System.Management.Automation;
using System.Security;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>The parameters of cmdlets that read or write what the master password is asked for again.</summary>
internal interface IRepromptParameters
{
    SecureString? MasterPassword { get; }

    SwitchParameter SkipReprompt { get; }
}
