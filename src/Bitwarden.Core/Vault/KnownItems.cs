using System.Text;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>
/// Recognises in an answer the items of the answer before, byte for byte and without parsing them. Expects them in the same order; where something was added,
/// removed or moved, it goes on behind the item that was found there.
/// </summary>
internal sealed class KnownItems
{
    private readonly IReadOnlyList<CipherRow> _rows;
    private Dictionary<Guid, int>? _places;
    private int _next;

    internal KnownItems(IReadOnlyList<CipherRow> rows)
    {
        _rows = rows;
    }

    /// <summary>Takes the next known item if it is what begins here; otherwise null.</summary>
    /// <param name="answer">The whole answer.</param>
    /// <param name="start">Where an item begins.</param>
    /// <param name="copy">The server's own copy of it, to be left out; empty for none.</param>
    internal CipherRow? TryTake(ReadOnlySpan<byte> answer, int start, out ByteRange copy)
    {
        copy = default;
        if (_next >= _rows.Count || !IsAt(answer, start, _rows[_next], out copy))
        {
            return null;
        }

        return _rows[_next++];
    }

    /// <summary>Expects what came behind an item.</summary>
    internal void GoOnBehind(Guid id)
    {
        _places ??= Places();
        _next = _places.TryGetValue(id, out int place) ? place + 1 : _next;
    }

    private Dictionary<Guid, int> Places()
    {
        Dictionary<Guid, int> places = new(_rows.Count);
        for (int i = 0; i < _rows.Count; i++)
        {
            places[_rows[i].Id] = i;
        }

        return places;
    }

    // The same bytes up to where the copy was, any copy, the same bytes behind it: parsing would give the same row.
    private static bool IsAt(ReadOnlySpan<byte> answer, int start, CipherRow row, out ByteRange copy)
    {
        copy = default;
        ReadOnlySpan<byte> known = row.Json;
        if (known.IsEmpty || row.CopyAt < 0)
        {
            return false;
        }

        if (row.CopyAt == 0)
        {
            return answer[start..].StartsWith(known);
        }

        int from = start + row.CopyAt;
        int to = answer[start..].StartsWith(known[..row.CopyAt]) ? EndOfCopy(answer, from, isLast: known[row.CopyAt] == '}') : -1;
        copy = new ByteRange(from, to - from);
        return to >= 0 && answer[to..].StartsWith(known[row.CopyAt..]);
    }

    // With the comma behind it, or before it where it is the last; -1 for anything that only a parser understands.
    private static int EndOfCopy(ReadOnlySpan<byte> answer, int at, bool isLast)
    {
        at = isLast ? Behind(",", answer, at) : at;
        at = Behind("\"data\"", answer, at);
        at = Behind(":", answer, at);
        at = BehindValue(answer, at);
        return isLast ? at : Behind(",", answer, at);
    }

    private static int Behind(string expected, ReadOnlySpan<byte> answer, int at) =>
        at >= 0 && answer.Length - at > expected.Length && Ascii.EqualsIgnoreCase(answer.Slice(at, expected.Length), expected)
            ? JsonScan.SkipSpace(answer, at + expected.Length)
            : -1;

    private static int BehindValue(ReadOnlySpan<byte> answer, int at)
    {
        if (at < 0 || answer[at] != '"')
        {
            return Behind("null", answer, at);
        }

        int end = JsonScan.EndOfString(answer, at);
        return SealedBlob.MayBe(answer[at..end]) ? -1 : JsonScan.SkipSpace(answer, end);
    }
}
