using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that gathers all items that it is given, and does the same to them at the end: in few calls, however many they are.</summary>
public abstract class ItemSetCmdlet : SessionCmdlet
{
    private readonly Dictionary<BitwardenSession, List<VaultItem>> _chosen = [];

    /// <summary>Which items: names, unique or not, or ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ItemName(TakesItems = true, IsList = true)]
    [ArgumentCompleter(typeof(ItemNameCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>Finds the one item that a text names.</summary>
    /// <exception cref="ItemLookupException">There is none, or more than one.</exception>
    private protected virtual VaultItem Find(UnlockedVault vault, string name) => vault.Find(name);

    /// <summary>Whether the user wants it, for this item.</summary>
    private protected abstract bool Confirm(UnlockedVault vault, VaultItem item);

    /// <summary>Does it.</summary>
    private protected abstract void Apply(BitwardenSession session, IReadOnlyList<VaultItem> items);

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        UnlockedVault vault = session.GetVault();
        foreach (string name in Name!)
        {
            ForOne(name, () => Choose(session, vault, Find(vault, name)));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() =>
    {
        foreach ((BitwardenSession session, List<VaultItem> items) in _chosen)
        {
            ForOne(items.Count == 1 ? items[0] : null, () => Apply(session, items));
        }
    });

    private void Choose(BitwardenSession session, UnlockedVault vault, VaultItem item)
    {
        List<VaultItem> chosen = _chosen.TryGetValue(session, out List<VaultItem>? known) ? known : _chosen[session] = [];
        if (chosen.TrueForAll(other => other.Id != item.Id) && Confirm(vault, item))
        {
            chosen.Add(item);
        }
    }
}
