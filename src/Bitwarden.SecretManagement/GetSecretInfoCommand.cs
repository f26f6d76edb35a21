using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;

namespace Bitwarden.SecretManagement;

/// <summary>
/// Called by SecretManagement for Get-SecretInfo, for name completion, and to find out which vault has a name. From memory only. The filter
/// is literal or a pattern, and nobody says which: whatever Get-Secret would answer gets a row under exactly that name, then patterns get theirs.
/// </summary>
[Cmdlet(VerbsCommon.Get, "SecretInfo")]
public sealed class GetSecretInfoCommand : VaultCommand
{
    /// <summary>Name, reference or pattern.</summary>
    [Parameter]
    public string Filter { get; set; } = string.Empty;

    private protected override void Process(VaultParameters parameters)
    {
        BitwardenSession session = SessionOf(parameters);
        UnlockedVault vault = session.PeekVault();
        string filter = string.IsNullOrEmpty(Filter) ? "*" : Filter;
        ResolvedReference[] readings = ResolvedReference.FindAll(vault, filter);
        if (readings.Length > 1)
        {
            // Get-Secret says which names there are; without a row it would not be asked.
            WriteRow(filter, SecretKind.SecureString, []);
        }
        else if (readings.Length == 1)
        {
            WriteRow(filter, SecretMapper.KindOf(readings[0]), SecretMapper.Metadata(readings[0].Item));
        }
        else
        {
            WriteMatches(vault.Items, filter);
        }
    }

    private void WriteMatches(IEnumerable<VaultItem> items, string filter)
    {
        WildcardPattern pattern = WildcardPattern.Get(filter, WildcardOptions.IgnoreCase);
        foreach (VaultItem item in items.Where(item => filter == "*" || IsMatch(pattern, item.UniqueName)))
        {
            WriteRow(item.UniqueName, SecretMapper.KindOf(item), SecretMapper.Metadata(item));
        }
    }

    private static bool IsMatch(WildcardPattern pattern, string name)
    {
        try
        {
            return pattern.IsMatch(name);
        }
        catch (WildcardPatternException)
        {
            return false;
        }
    }

    private void WriteRow(string name, SecretKind kind, System.Collections.Hashtable metadata) =>
        WriteObject(SecretManagementTypes.CreateInformation(name, kind, VaultName, metadata));
}
