using System.Collections.ObjectModel;

namespace Bitwarden.Core.Vault;

/// <summary>A list that reads as text where one is wanted, as in a table of text: its entries, one after another.</summary>
public sealed class TextList<T> : ReadOnlyCollection<T>
{
    /// <param name="entries">The entries; copied.</param>
    public TextList(IEnumerable<T> entries)
        : base(entries.ToArray())
    {
    }

    /// <summary>A list without entries.</summary>
    internal static new TextList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", this);
}
