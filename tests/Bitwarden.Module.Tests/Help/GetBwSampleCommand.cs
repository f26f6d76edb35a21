using System.Management.Automation;

namespace Bitwarden.Module.Tests.Help;

/// <summary>A cmdlet with one of everything that help tells. It is compiled, read and never run.</summary>
[Cmdlet(VerbsCommon.Get, "BwSample", DefaultParameterSetName = "Name", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class GetBwSampleCommand : SampleCmdlet
{
    [Parameter(ParameterSetName = "Name", Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = "File", Mandatory = true)]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    [Parameter(ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Guid", "Key")]
    public Guid? Id { get; set; }

    [Parameter(ParameterSetName = "File", Mandatory = true, Position = 0)]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = "Name")]
    public UriKind[]? Kind { get; set; }

    [Parameter]
    [ValidateSet("Fast", "Slow")]
    public string? Speed { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }
}
