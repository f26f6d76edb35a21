using System.Management.Automation;

namespace Bitwarden.Module.Tests.Help;

/// <summary>Has a parameter for the cmdlets that derive from it.</summary>
public abstract class SampleCmdlet : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public string? Account { get; set; }
}
