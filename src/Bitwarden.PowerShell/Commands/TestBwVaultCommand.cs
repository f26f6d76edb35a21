using System.Management.Automation;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Checks whether everything in the unlocked vault can be decrypted.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BwVault")]
[OutputType(typeof(VaultCheck), typeof(bool))]
public sealed class TestBwVaultCommand : SessionCmdlet
{
    private const int MaxWarnings = 10;

    /// <summary>Writes only whether nothing is broken.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        UnlockedVault vault = RequireSession().GetVault();
        VaultCheck check = Await(token => Task.FromResult(vault.Check(Progress, token)));
        WriteVerbose($"Checked {check.Values} values of {check.Items} items in {check.Duration.TotalMilliseconds:0} ms.");
        if (Quiet)
        {
            WriteObject(check.IsIntact);
            return;
        }

        foreach (VaultProblem problem in check.Problems.Take(MaxWarnings))
        {
            WriteWarning($"{Describe(problem)} cannot be read ({problem.Code}).");
        }

        if (check.Problems.Count > MaxWarnings)
        {
            WriteWarning($"{check.Problems.Count - MaxWarnings} more parts cannot be read. The property Problems has them all.");
        }

        WriteObject(check);
    }

    private static string Describe(VaultProblem problem) => problem.Name is null
        ? $"The name of the {problem.Field} {problem.Id}"
        : $"Item '{problem.Name}' ({problem.Id}): {problem.Field}";
}
