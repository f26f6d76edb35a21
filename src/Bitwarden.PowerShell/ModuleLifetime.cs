using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Desktop;

namespace Bitwarden.PowerShell;

/// <summary>
/// Removing the module locks what this runspace connected, and nothing else: SecretManagement removes and imports vault modules in a runspace of
/// its own whenever a vault is registered.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        IReadOnlyList<BitwardenSession> owned = CurrentSession.Owned();
        foreach (BitwardenSession session in owned)
        {
            session.Lock();
        }

        ClipboardSecrets.Clear(owned);
    }
}
