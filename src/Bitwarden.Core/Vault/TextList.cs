using System.Collections.ObjectModel;

namespace Bitwarden.Core.Vault;

/// <summary>A list that reads as text where one is wanted, as in a table of text: its entries, one after another.</summary>
public sealed class TextList<T> : ReadOnlyCollection<T>
{
    /// <param name="entries">The entries; copied.</param>
    public TextList(IEnumerable<T> entries)
        : base([.. entries])
    {
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", this);
}
