using System.Collections;
using System.Management.Automation;

namespace Bitwarden.SecretManagement;

/// <summary>
/// Called by SecretManagement before a registration goes. Nothing is to be taken back: sessions belong to whoever connected them, and no state is kept by the
/// name of a vault. It asks nothing and never fails, so that a vault that is locked, or registered with wrong parameters, can be unregistered
/// (SecretManagement fact 22).
/// </summary>
[Cmdlet(VerbsLifecycle.Unregister, "SecretVault")]
public sealed class UnregisterSecretVaultCommand : PSCmdlet
{
    /// <summary>The registered vault's name.</summary>
    [Parameter]
    public string VaultName { get; set; } = string.Empty;

    /// <summary>The registration's VaultParameters.</summary>
    [Parameter]
    public Hashtable AdditionalParameters { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteDebug($"The vault {VaultName} is unregistered.");
}
