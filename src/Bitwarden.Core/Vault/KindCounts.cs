using System.Collections.ObjectModel;

namespace Bitwarden.Core.Vault;

/// <summary>How many items there are of each kind, by the kind's name; reads as text where one is wanted.</summary>
internal sealed class KindCounts : ReadOnlyDictionary<string, int>
{
    internal KindCounts(IEnumerable<VaultItem> items)
        : base(new SortedDictionary<string, int>(
            items.GroupBy(item => item.Type).ToDictionary(kind => kind.Key.ToString(), kind => kind.Count()), StringComparer.Ordinal))
    {
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", this.Select(kind => $"{kind.Key} {kind.Value}"));
}
