using System.Collections;
using System.Management.Automation;

namespace Bitwarden.SecretManagement;

/// <summary>
/// Called by SecretManagement for Set-Secret, which a vault must have to be registered. Writing is not supported yet and says so. Takes
/// -Metadata from the first release, because SecretManagement remembers at registration whether it is there.
/// </summary>
[Cmdlet(VerbsCommon.Set, "Secret")]
public sealed class SetSecretCommand : VaultCommand
{
    /// <summary>The name to write.</summary>
    [Parameter]
    public string Name { get; set; } = string.Empty;

    /// <summary>The value to write.</summary>
    [Parameter]
    public object? Secret { get; set; }

    /// <summary>What to note beside the value.</summary>
    [Parameter]
    public Hashtable Metadata { get; set; } = [];

    private protected override void Process(VaultParameters parameters) => throw VaultErrors.ReadOnly(VaultName);
}
