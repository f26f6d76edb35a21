using System.Collections.ObjectModel;

namespace Bitwarden.Core.Vault;

/// <summary>The values of an item by their selectors; reads as the selectors, never as values.</summary>
internal sealed class ItemValues : ReadOnlyDictionary<string, ItemValue>
{
    internal ItemValues(IDictionary<string, ItemValue> values)
        : base(values)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Keys);
}
