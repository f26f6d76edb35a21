using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>
/// Writes a session as one secret text, for another process such as the next step of a pipeline. Whoever has the text has the session, unless it is sealed with
/// a key.
/// </summary>
[Cmdlet(VerbsData.Export, "BwSession", DefaultParameterSetName = OpenSet)]
[OutputType(typeof(SecureString), typeof(string))]
public sealed class ExportBwSessionCommand : SessionCmdlet, IMaskParameters
{
    private const string OpenSet = "Open";
    private const string KeySet = "Key";
    private const string VariableSet = "Variable";

    /// <summary>Leaves the user key out: the other process finds the vault locked.</summary>
    [Parameter]
    public SwitchParameter Locked { get; set; }

    /// <summary>Writes text instead of a SecureString.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Hides the value in the build agent's log, also when it is no text; without that it is not given out.</summary>
    [Parameter]
    public SwitchParameter Mask { get; set; }

    /// <summary>Tells the build agent nothing: what this process prints is not its log.</summary>
    [Parameter]
    public SwitchParameter NoMask { get; set; }

    /// <summary>A secret that the text is sealed with, and that travels another way.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? Key { get; set; }

    /// <summary>The environment variable that has this secret.</summary>
    [Parameter(Mandatory = true, ParameterSetName = VariableSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? KeyEnvironmentVariable { get; set; }

    /// <summary>How long the text can be taken up.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = VariableSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Duration(MaxHours = 366 * 24)]
    public TimeSpan ValidFor { get; set; } = new SessionExportOptions().ValidFor;

    /// <summary>Puts the token of a remembered device into the text too.</summary>
    [Parameter]
    public SwitchParameter IncludeRememberedDevice { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        using SecretBytes? key = EnvironmentCredentials.ReadSessionKey(Key, KeyEnvironmentVariable);
        SessionExportOptions options = new()
        {
            WithUserKey = !Locked,
            WithRememberedDevice = IncludeRememberedDevice,
            Secret = key,
            ValidFor = ValidFor,
        };
        using SecretBytes exported = Await(token => session.ExportAsync(options, token));
        LogMask.Register("exported session", exported, AsPlainText);
        WriteObject(AsPlainText ? exported.RevealText() : exported.ToSecureString());
    }
}
