using System.Management.Automation;
using Bitwarden.Core.Diagnostics;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Tries, step by step, what a login needs, and reports each step; sends no credential.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BwConnection")]
[OutputType(typeof(ProbeStep), typeof(bool))]
public sealed class TestBwConnectionCommand : NetworkCmdlet, IServerParameters
{
    /// <summary>US, EU, or the address of a server.</summary>
    [Parameter(Position = 0)]
    public string? Server { get; set; }

    /// <summary>Address of the identity service when it is not under the server's.</summary>
    [Parameter]
    public Uri? IdentityUrl { get; set; }

    /// <summary>Address of the API service when it is not under the server's.</summary>
    [Parameter]
    public Uri? ApiUrl { get; set; }

    /// <summary>Writes only whether nothing failed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        ConnectionProbe probe = new(ResolveServer(this), Connection())
        {
            DescribeFailure = failure => ErrorRecords.From(failure).Exception.Message,
        };
        IReadOnlyList<ProbeStep> steps = Await(token => probe.RunAsync(token));
        foreach (ProbeStep step in steps)
        {
            WriteVerbose($"{step.Name}: {step.Status} after {step.Duration.TotalMilliseconds:0} ms. {step.Detail}");
        }

        if (Quiet)
        {
            WriteObject(steps.All(step => step.Status is not (ProbeStatus.Failed or ProbeStatus.Skipped)));
            return;
        }

        WriteObject(steps, enumerateCollection: true);
    }
}
