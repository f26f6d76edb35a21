using System.Collections;

namespace Bitwarden.HelpBuilder.Pages;

/// <summary>The entries of a section, and where its heading is.</summary>
internal sealed class PageList<T>(int line, IReadOnlyList<T> entries) : IReadOnlyList<T>
{
    internal int Line { get; } = line;

    public int Count => entries.Count;

    public T this[int index] => entries[index];

    public IEnumerator<T> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
