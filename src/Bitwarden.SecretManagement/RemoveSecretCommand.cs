using System.Management.Automation;

namespace Bitwarden.SecretManagement;

/// <summary>Called by SecretManagement for Remove-Secret, which a vault must have to be registered. Not supported yet; says so.</summary>
[Cmdlet(VerbsCommon.Remove, "Secret")]
public sealed class RemoveSecretCommand : VaultCommand
{
    /// <summary>The name to remove.</summary>
    [Parameter]
    public string Name { get; set; } = string.Empty;

    private protected override void Process(VaultParameters parameters) => throw VaultErrors.ReadOnly(VaultName);
}
