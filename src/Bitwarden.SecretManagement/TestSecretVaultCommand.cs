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
        session.PeekVault();
        WriteObject(true);
    }

    /// <summary>Says why, and still gives the one Boolean that SecretManagement expects.</summary>
    private protected override void Fail(BitwardenException failure)
    {
        WriteFailure(Explained(failure), VaultName);
        WriteObject(false);
    }
}
