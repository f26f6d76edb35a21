using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Transfer;

/// <summary>The cells of one row of a table; zeroed on <see cref="Dispose"/>.</summary>
internal sealed class CsvRow : IDisposable
{
    private readonly List<SecretBytes> _cells = [];

    /// <summary>Whether nothing is in it.</summary>
    internal bool IsBlank => _cells.TrueForAll(cell => cell.Length == 0);

    internal int Count => _cells.Count;

    /// <summary>A cell; null for one that the row is too short for, and for an empty one.</summary>
    internal SecretBytes? this[int index] => index >= 0 && index < _cells.Count && _cells[index].Length > 0 ? _cells[index] : null;

    internal void Add(SecretBytes cell) => _cells.Add(cell);

    /// <inheritdoc/>
    public void Dispose() => _cells.ForEach(cell => cell.Dispose());
}
