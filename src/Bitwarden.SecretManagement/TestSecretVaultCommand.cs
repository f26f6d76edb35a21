using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;

namespace Bitwarden.SecretManagement;

/// <summary>Called by SecretManagement for Test-SecretVault: whether the registration is right and its vault is unlocked.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SecretVault")]
[OutputType(typeof(bool))]
public sealed class TestSecretVaultCommand : VaultCommand
{
    private protected override void Process(VaultParameters parameters)
    {
        BitwardenSession session = SessionOf(parameters);
        ScopeOf(session.PeekVault(), parameters);
        WarnOfNewerVersion();
        WriteObject(true);
    }

    // A process that was started before an update, or that imports one version, goes on with what it has (SecretManagement fact 26).
    private void WarnOfNewerVersion()
    {
        if (InstalledVersion.Newer() is InstalledVersion newer)
        {
            WriteWarning(
                $"The vault {VaultName} is served by version {newer.Loaded} of the module, and {newer.Newest} is installed beside it. Start PowerShell again. "
                + "If that does not help, something imports the old version by its number or path, a profile for example.");
        }
    }

    /// <summary>Says why, and still gives the one Boolean that SecretManagement expects.</summary>
    private protected override void Fail(BitwardenException failure)
    {
        WriteFailure(Explained(failure), VaultName);
        WriteObject(false);
    }
}
