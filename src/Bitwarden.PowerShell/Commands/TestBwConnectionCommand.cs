using System.Management.Automation;
using Bitwarden.Core.Api;
using Bitwarden.Core.Diagnostics;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Tries, step by step, what a login needs, and reports each step; sends no credential. By default for the server of the current session.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BwConnection", DefaultParameterSetName = ServerSet)]
[OutputType(typeof(ProbeStep), typeof(bool))]
public sealed class TestBwConnectionCommand : NetworkCmdlet, IServerParameters
{
    private const string ServerSet = "Server";
    private const string SessionSet = "Session";

    /// <summary>US, EU, or the address of a server.</summary>
    [Parameter(Position = 0, ParameterSetName = ServerSet)]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public string? Server { get; set; }

    /// <summary>Address of the identity service when it is not under the server's.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Address]
    public Uri? IdentityUrl { get; set; }

    /// <summary>Address of the API service when it is not under the server's.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Address]
    public Uri? ApiUrl { get; set; }

    /// <summary>The session whose server to test, with the certificate authority that it trusts.</summary>
    [Parameter(ParameterSetName = SessionSet, Mandatory = true, ValueFromPipeline = true)]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public BitwardenSession? Session { get; set; }

    /// <summary>Writes only whether nothing failed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        ConnectionProbe probe = CreateProbe();
        probe.DescribeFailure = failure => ErrorRecords.From(failure).Exception.Message;
        IReadOnlyList<ProbeStep> steps = Await(token => probe.RunAsync(token));
        foreach (ProbeStep step in steps)
        {
            WriteVerbose($"{step.Name}: {step.Status} after {step.Duration.TotalMilliseconds:0} ms. {step.Detail}");
        }

        if (Quiet)
        {
            // What a failure makes pointless is skipped, and so is what a proxy does instead.
            WriteObject(steps.All(step => step.Status != ProbeStatus.Failed));
            return;
        }

        WriteObject(steps, enumerateCollection: true);
    }

    private ConnectionProbe CreateProbe()
    {
        if (Session is not null)
        {
            return ConnectionProbe.For(Session, Connection());
        }

        // First, so that an address that is given and useless is an error, in BW_SERVER too.
        ServerEnvironment named = ResolveServer(this);
        bool isNamed = IsGiven(nameof(Server)) || IsGiven(nameof(IdentityUrl)) || IsGiven(nameof(ApiUrl));
        return !isNamed && CurrentSession.Get(this) is BitwardenSession current
            ? ConnectionProbe.For(current, Connection())
            : new ConnectionProbe(named, Connection());
    }
}
