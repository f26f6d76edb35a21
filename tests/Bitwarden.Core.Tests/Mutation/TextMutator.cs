using System.Text;

namespace Bitwarden.Core.Tests.Mutation;

/// <summary>Changes a text or bytes in one to three places: other characters, missing and repeated parts, another end.</summary>
internal static class TextMutator
{
    private const string Odd = "0123456789.|=+/-_AZaz \t\n\0\u00e9\u2028\ud800\uffff\"\\{}[],:";

    internal static string Mutate(string text, Random random)
    {
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            text = Once(text, random);
        }

        return text;
    }

    internal static byte[] Mutate(byte[] bytes, Random random)
    {
        // Latin-1 has one character for each byte.
        string text = Mutate(Encoding.Latin1.GetString(bytes), random);
        return Encoding.Latin1.GetBytes(text);
    }

    private static string Once(string text, Random random)
    {
        int at = random.Next(text.Length + 1);
        int end = Math.Min(text.Length, at + random.Next(1, random.Next(2) == 0 ? 3 : 40));
        return random.Next(8) switch
        {
            0 => text[..at],
            1 => text[at..],
            2 => text[..at] + text[end..],
            3 => text[..end] + text[at..],
            4 => text[..at] + Odd[random.Next(Odd.Length)] + text[at..],
            5 => text[..at] + new string([.. text[at..end].Reverse()]) + text[end..],
            6 => text[..at] + (at < text.Length ? (char)(text[at] ^ (1 << random.Next(8))) : 'x') + text[Math.Min(at + 1, text.Length)..],
            _ => text[..at] + Odd[random.Next(Odd.Length)] + text[Math.Min(at + 1, text.Length)..],
        };
    }
}
