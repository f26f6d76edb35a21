using System.Management.Automation;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>The parameters of cmdlets that hand out values, for the log of a build agent.</summary>
internal interface IMaskParameters
{
    SwitchParameter Mask { get; }

    SwitchParameter NoMask { get; }
}
