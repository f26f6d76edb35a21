using System.Text;

namespace Bitwarden.Core.Matching;

/// <summary>
/// Reads host names in their ASCII form (RFC 3492), so that both forms of a name compare as equal. Not System.Globalization.IdnMapping: it answers
/// differently from machine to machine, and refuses names that people store.
/// </summary>
internal static class Punycode
{
    private const string Prefix = "xn--";
    private const int Base = 36;
    private const int FirstNonAscii = 128;

    // A label has at most 63 characters.
    private const int LongestLabel = 64;

    /// <summary>A host name with every label in Unicode and in lower case; labels that are no Punycode stay as they are.</summary>
    internal static string ToUnicode(string host)
    {
        string lower = host.ToLowerInvariant();
        return lower.Contains(Prefix, StringComparison.Ordinal) ? string.Join('.', lower.Split('.').Select(ReadLabel)) : lower;
    }

    private static string ReadLabel(string label) =>
        label.StartsWith(Prefix, StringComparison.Ordinal) && label.Length <= LongestLabel && TryDecode(label.AsSpan(Prefix.Length), out string? text)
            ? text
            : label;

    // RFC 3492 section 6.2.
    private static bool TryDecode(ReadOnlySpan<char> encoded, out string text)
    {
        text = string.Empty;
        int hyphen = encoded.LastIndexOf('-');
        List<int> points = hyphen > 0 ? [.. encoded[..hyphen].ToArray().Select(c => (int)c)] : [];
        ReadOnlySpan<char> rest = encoded[(hyphen + 1)..];
        (int point, int index, int bias) = (FirstNonAscii, 0, 72);
        while (rest.Length > 0)
        {
            if (!TryReadNumber(ref rest, bias, out int delta))
            {
                return false;
            }

            int old = index;
            index += delta;
            int count = points.Count + 1;
            bias = Adapt(index - old, count, isFirst: old == 0);
            point += index / count;
            index %= count;
            if (!Rune.IsValid(point))
            {
                return false;
            }

            points.Insert(index++, point);
        }

        text = string.Concat(points.Select(value => new Rune(value).ToString()));
        return text.Length > 0;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<char> rest, int bias, out int number)
    {
        number = 0;
        long weight = 1;
        long sum = 0;
        for (int k = Base; rest.Length > 0; k += Base)
        {
            int digit = DigitOf(rest[0]);
            rest = rest[1..];
            sum += digit * weight;
            int threshold = Math.Clamp(k - bias, 1, 26);
            if (digit < 0 || sum > 0x10FFFF * LongestLabel)
            {
                return false;
            }

            if (digit < threshold)
            {
                number = (int)sum;
                return true;
            }

            weight *= Base - threshold;
        }

        return false;
    }

    private static int DigitOf(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a',
        >= '0' and <= '9' => c - '0' + 26,
        _ => -1,
    };

    // RFC 3492 section 6.1.
    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / 700 : delta / 2;
        delta += delta / count;
        int k = 0;
        for (; delta > 455; k += Base)
        {
            delta /= Base - 1;
        }

        return k + (Base * delta / (delta + 38));
    }
}
