namespace Bitwarden.Core.Vault;

/// <summary>
/// Finds the names that a mistyped one is most likely meant to be: those few edits away. Looks at each name only as far as it can still be near.
/// </summary>
internal sealed class NearestNames
{
    private const int MaxNames = 3;
    private const int MaxEdits = 3;
    private const int LettersPerEdit = 3;
    private const int LongestName = 100;
    private readonly string _wanted;
    private readonly int _limit;
    private readonly int[] _row;

    private NearestNames(string wanted)
    {
        _wanted = wanted.ToUpperInvariant();
        _limit = Math.Min(MaxEdits, wanted.Length / LettersPerEdit);
        _row = new int[wanted.Length + 1];
    }

    /// <summary>The unique names of the nearest items, the nearest first; none for a name that is too short or too long to be told from others.</summary>
    internal static IReadOnlyList<string> Of(IReadOnlyList<VaultItem> items, string wanted) =>
        Of(items.Select(item => (item.UniqueName, item.Name)), wanted);

    internal static IReadOnlyList<string> Of(IEnumerable<(string UniqueName, string? Name)> items, string wanted)
    {
        if (wanted.Length is < LettersPerEdit or > LongestName)
        {
            return [];
        }

        NearestNames search = new(wanted);
        return
        [
            .. items.Select(item => (item.UniqueName, Distance: item.Name is string name ? search.DistanceTo(name) : int.MaxValue))
                .Where(found => found.Distance <= search._limit)
                .OrderBy(found => found.Distance)
                .ThenBy(found => found.UniqueName, StringComparer.OrdinalIgnoreCase)
                .Take(MaxNames)
                .Select(found => found.UniqueName),
        ];
    }

    /// <summary>How many letters must be added, removed or changed, ignoring case; some number above the limit as soon as it is above.</summary>
    internal static int Distance(string wanted, string name) => new NearestNames(wanted).DistanceTo(name);

    private int DistanceTo(string name)
    {
        int beyond = _limit + 1;
        if (Math.Abs(name.Length - _wanted.Length) > _limit)
        {
            return beyond;
        }

        int same = CommonStart(name);
        ReadOnlySpan<char> wanted = _wanted.AsSpan(same);
        for (int i = 0; i <= wanted.Length; i++)
        {
            _row[i] = i;
        }

        for (int i = 1; i <= name.Length - same; i++)
        {
            if (Advance(wanted, char.ToUpperInvariant(name[same + i - 1]), i) > _limit)
            {
                return beyond;
            }
        }

        return _row[wanted.Length];
    }

    private int CommonStart(string name)
    {
        int length = 0;
        while (length < name.Length && length < _wanted.Length && char.ToUpperInvariant(name[length]) == _wanted[length])
        {
            length++;
        }

        return length;
    }

    // One row of Levenshtein's matrix, only as wide as the limit allows; gives the least number in it.
    private int Advance(ReadOnlySpan<char> wanted, char letter, int i)
    {
        int from = Math.Max(1, i - _limit);
        int to = Math.Min(wanted.Length, i + _limit);
        int diagonal = _row[from - 1];
        int least = _row[from - 1] = from == 1 ? i : _limit + 1;
        for (int j = from; j <= to; j++)
        {
            int changed = diagonal + (letter == wanted[j - 1] ? 0 : 1);
            diagonal = _row[j];
            _row[j] = Math.Min(changed, Math.Min(_row[j - 1], diagonal) + 1);
            least = Math.Min(least, _row[j]);
        }

        return least;
    }
}
