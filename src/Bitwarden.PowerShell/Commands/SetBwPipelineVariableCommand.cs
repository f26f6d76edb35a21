using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Masking;
using Bitwarden.PowerShell.Pipelines;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Hands a value to later steps of a pipeline, as a secret variable of its agent.</summary>
[Cmdlet(VerbsCommon.Set, "BwPipelineVariable", SupportsShouldProcess = true, DefaultParameterSetName = ReferenceSet)]
[OutputType(typeof(void))]
public sealed class SetBwPipelineVariableCommand : SessionCmdlet, IRepromptParameters
{
    private const string ReferenceSet = "Reference";
    private const string ValueSet = "Value";

    /// <summary>The variable's name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? Name { get; set; }

    /// <summary>Name or reference of the value, with an optional selector.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ReferenceSet)]
    [ItemName]
    [ArgumentCompleter(typeof(SecretNameCompleter))]
    [NotBlank]
    public string? Reference { get; set; }

    /// <summary>The value itself.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ValueSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? Value { get; set; }

    /// <summary>Lets other jobs see it too.</summary>
    [Parameter]
    public SwitchParameter IsOutput { get; set; }

    /// <summary>The file of a dotenv report, for GitLab.</summary>
    [Parameter]
    [NotBlank]
    public string? Path { get; set; }

    /// <summary>The session to use instead of the current one. Not from the pipeline, where values come from.</summary>
    [Parameter(ParameterSetName = ReferenceSet)]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public override BitwardenSession? Session { get; set; }

    /// <summary>The master password, for items that want it again.</summary>
    [Parameter(ParameterSetName = ReferenceSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? MasterPassword { get; set; }

    /// <summary>Does not ask for the master password again.</summary>
    [Parameter(ParameterSetName = ReferenceSet)]
    public SwitchParameter SkipReprompt { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        PipelineAgent agent = PipelineAgents.Current;
        Action<PipelineVariable> set = SetterOf(agent);
        VariableRules.EnsureName(agent, Name!, IsOutput);
        using SecretBytes value = Value is null ? Read(RequireSession()) : SecretBytes.FromSecureString(Value);
        PipelineVariable variable = new(Name!, value.RevealText(), IsOutput);
        VariableRules.EnsureValue(agent, variable, AllowsLines());
        if (ShouldProcess($"Variable '{Name}' of {PipelineAgents.NameOf(agent)}", "Set"))
        {
            NewLogMask(agent == PipelineAgent.GitLab ? MaskRule.Never : MaskRule.Demanded).Register(Name!, value, asText: true);
            set(variable);
        }
    }

    private static bool AllowsLines() =>
        "true".Equals(Environment.GetEnvironmentVariable(VariableRules.AllowLinesVariable), StringComparison.OrdinalIgnoreCase);

    private Action<PipelineVariable> SetterOf(PipelineAgent agent)
    {
        if (Path is not null && agent is PipelineAgent.AzurePipelines or PipelineAgent.GitHubActions)
        {
            throw InputErrors.PipelineVariable(Name!, $"{PipelineAgents.NameOf(agent)} has no file of its own choice: -Path is for GitLab");
        }

        return agent switch
        {
            PipelineAgent.AzurePipelines => variable => AgentLog.Write([AzureCommand.SetVariable(variable.Name, variable.Value, variable.IsOutput)]),
            PipelineAgent.GitHubActions => InRunnerFile(IsOutput ? "GITHUB_OUTPUT" : "GITHUB_ENV"),
            PipelineAgent.GitLab => InDotEnv(Path ?? throw InputErrors.PipelineFileMissing("GitLab reads variables from a file that the job names.")),
            _ => throw InputErrors.NoPipelineAgent(agent),
        };
    }

    private static Action<PipelineVariable> InRunnerFile(string place)
    {
        string? path = Environment.GetEnvironmentVariable(place);
        return string.IsNullOrWhiteSpace(path)
            ? throw InputErrors.PipelineFileMissing($"The variable {place}, which the runner sets, is empty.")
            : variable => AssignmentFile.Append(path, AssignmentFile.HereDocument(variable));
    }

    private Action<PipelineVariable> InDotEnv(string file)
    {
        string path = LocalPath.Resolve(this, file);
        return variable =>
        {
            AssignmentFile.EnsureNew(path, variable.Name);
            WriteWarning(
                $"'{variable.Name}' is written to a file as it is. As a dotenv report it is an artifact of the job: whoever may read that may read the value, "
                + "and GitLab does not hide it in logs.");
            AssignmentFile.Append(path, AssignmentFile.DotEnvLine(variable));
        };
    }

    private SecretBytes Read(BitwardenSession session)
    {
        ResolvedReference reference = ResolvedReference.Resolve(session.GetVault(), Reference!);
        Gate(this).Ensure(session, reference, Host);
        if (reference.IsFile)
        {
            throw InputErrors.FileNotVariable(reference.Item);
        }

        using DecryptedSecret secret = AwaitHere(token => session.ReadSecretAsync(reference, token));
        return new SecretBytes(secret.Value.Span);
    }
}
