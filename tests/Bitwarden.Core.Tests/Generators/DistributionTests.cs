using Bitwarden.Core.Crypto;
using Bitwarden.Core.Generators;
using Xunit;

namespace Bitwarden.Core.Tests.Generators;

/// <summary>
/// Pearson's chi-square test of what the generators choose. A statistic lies above its bound once in a hundred million runs when every choice is as likely as
/// the others; a remainder of a random byte, the usual mistake, is far above.
/// </summary>
public sealed class DistributionTests
{
    private const int Characters = 1_000_000;

    // One kind of character alone, so that each is exactly as likely as the others of it.
    [Theory]
    [InlineData(26, true, false, false, false)]
    [InlineData(26, false, true, false, false)]
    [InlineData(10, false, false, true, false)]
    [InlineData(8, false, false, false, true)]
    public void AMillionCharactersOfOneKindAreEvenlySpread(int kinds, bool upper, bool lower, bool digits, bool special)
    {
        PasswordOptions options = new() { Length = 125, Uppercase = upper, Lowercase = lower, Digits = digits, Special = special };
        int[] counts = Count(options);
        Assert.Equal(kinds, counts.Count(count => count > 0));
        Assert.InRange(ChiSquare([.. counts.Where(count => count > 0)]), 0, Bound(kinds - 1));
    }

    // One of each of three kinds is certain, the others come from all 62: within a kind all are equally likely.
    [Fact]
    public void AMillionCharactersOfThreeKindsAreEvenlySpreadWithinEach()
    {
        int[] counts = Count(new PasswordOptions { Length = 125 });
        Assert.All([('A', 26), ('a', 26), ('0', 10)], kind =>
            Assert.InRange(ChiSquare(counts.AsSpan(kind.Item1, kind.Item2).ToArray()), 0, Bound(kind.Item2 - 1)));
        double expectedDigits = Characters / 125 * (1 + (122 * 10 / 62.0));
        Assert.InRange(counts.AsSpan('0', 10).ToArray().Sum(), expectedDigits * 0.98, expectedDigits * 1.02);
    }

    // A demanded character must not stand in the same place each time.
    [Fact]
    public void TheOnlyLetterStandsInEachPlaceEquallyOften()
    {
        int[] counts = new int[5];
        PasswordOptions options = new() { Length = 5, Uppercase = false, Lowercase = true, Special = false, MinimumDigits = 4 };
        for (int i = 0; i < 200_000; i++)
        {
            using SecretBytes password = PasswordGenerator.Generate(options);
            int letter = password.Span.IndexOfAnyInRange((byte)'a', (byte)'z');
            counts[letter < 0 ? 0 : letter]++;
        }

        Assert.InRange(ChiSquare(counts), 0, Bound(4));
    }

    [Fact]
    public void WordsAreEvenlySpread()
    {
        Dictionary<string, int> counts = WordList.Words.ToDictionary(word => word, _ => 0);
        PassphraseOptions options = new() { Words = 20, Separator = " " };
        for (int i = 0; i < 10_000; i++)
        {
            using SecretBytes phrase = PassphraseGenerator.Generate(options);
            foreach (string word in phrase.RevealText().Split(' '))
            {
                counts[word]++;
            }
        }

        Assert.InRange(ChiSquare([.. counts.Values]), 0, Bound(WordList.Words.Count - 1));
    }

    [Fact]
    public void ARemainderOfARandomByteWouldBeFound()
    {
        int[] counts = new int[26];
        byte[] bytes = new byte[Characters];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        foreach (byte value in bytes)
        {
            counts[value % 26]++;
        }

        Assert.True(ChiSquare(counts) > Bound(25));
    }

    private static int[] Count(PasswordOptions options)
    {
        int[] counts = new int[128];
        for (int i = 0; i < Characters / options.Length; i++)
        {
            using SecretBytes password = PasswordGenerator.Generate(options);
            foreach (byte character in password.Span)
            {
                counts[character]++;
            }
        }

        return counts;
    }

    private static double ChiSquare(int[] counts)
    {
        double expected = counts.Average();
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }

    // Wilson and Hilferty's approximation, for 5.6 standard deviations of the normal distribution.
    private static double Bound(int degrees)
    {
        double part = 2.0 / (9 * degrees);
        return degrees * Math.Pow(1 - part + (5.6 * Math.Sqrt(part)), 3);
    }
}
