using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Generators;
using Xunit;

namespace Bitwarden.Core.Tests.Generators;

public sealed class GeneratorOptionsTests
{
    private const int Tries = 500;
    private static readonly PasswordOptions s_demanding = new() { Length = 12, Special = true, MinimumDigits = 4, MinimumSpecial = 6 };
    private static readonly PasswordOptions s_lettersOnly = new() { Digits = false };

    [Fact]
    public void MinimumsAreKept() => Assert.All(Passwords(s_demanding), password =>
    {
        Assert.Equal(12, password.Length);
        Assert.True(password.Count(char.IsAsciiDigit) >= 4);
        Assert.True(password.Count("!@#$%^&*".Contains) >= 6);
        Assert.Contains(password, char.IsAsciiLetterUpper);
        Assert.Contains(password, char.IsAsciiLetterLower);
    });

    [Fact]
    public void WhatIsEasilyMistakenIsLeftOut() => Assert.Equal(
        "!#$%&*23456789@ABCDEFGHJKLMNPQRSTUVWXYZ^abcdefghijkmnopqrstuvwxyz",
        string.Concat(string.Concat(Passwords(new PasswordOptions { Length = 128, Special = true, AvoidAmbiguous = true })).Distinct().Order()));

    [Fact]
    public void NoKindOfCharacterIsRefused() =>
        AssertRefused(new PasswordOptions { Uppercase = false, Lowercase = false, Digits = false });

    [Fact]
    public void MoreThanThereIsRoomForIsRefused() => AssertRefused(new PasswordOptions { Length = 10, MinimumDigits = 9 });

    [Fact]
    public void TheListIsTheOneOfTheFoundation()
    {
        Assert.Equal(7776, WordList.Words.Distinct().Count());
        Assert.Equal("abacus", WordList.Words[0]);
        Assert.Equal("zoom", WordList.Words[^1]);
        Assert.Equal(WordList.LongestWord, WordList.Words.Max(word => word.Length));
        string all = string.Concat(WordList.Words.Select(word => word + "\n"));
        Assert.Equal(
            "6D557F0693958FB5E650B68B5BEE585EB82CF4DA32965505C789E924743BC522", Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(all))));
    }

    [Theory]
    [InlineData(3, "-")]
    [InlineData(20, "")]
    [InlineData(6, "§")]
    public void PassphrasesAreWordsOfTheList(int words, string separator)
    {
        string phrase = Passphrase(new PassphraseOptions { Words = words, Separator = separator });
        if (separator.Length > 0 && separator != "-")
        {
            string[] parts = phrase.Split(separator);
            Assert.Equal(words, parts.Length);
            Assert.All(parts, part => Assert.Contains(part, WordList.Words));
        }

        Assert.InRange(phrase.Length, (words * 3) + ((words - 1) * separator.Length), words * 10);
    }

    [Fact]
    public void OneWordHasADigitAndEveryWordACapital()
    {
        HashSet<int> places = [];
        for (int i = 0; i < Tries; i++)
        {
            string[] words = Passphrase(new PassphraseOptions { Words = 4, Separator = "_", Capitalize = true, IncludeNumber = true }).Split('_');
            Assert.All(words, word => Assert.True(char.IsAsciiLetterUpper(word[0])));
            int place = Assert.Single(Enumerable.Range(0, 4), n => char.IsAsciiDigit(words[n][^1]));
            places.Add(place);
        }

        Assert.Equal(4, places.Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(21)]
    public void OtherNumbersOfWordsAreRefused(int words) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PassphraseGenerator.Generate(new PassphraseOptions { Words = words }));

    [Theory]
    [InlineData("ada@example.org", @"^ada\+[a-z0-9]{8}@example\.org$")]
    [InlineData("ada+shop@example.org", @"^ada\+shop[a-z0-9]{8}@example\.org$")]
    public void PlusAddressesKeepWhatIsThere(string email, string pattern) => Assert.Matches(pattern, UserNameGenerator.PlusAddress(email));

    [Theory]
    [InlineData("example.org")]
    [InlineData("@example.org")]
    public void CatchAllAddressesAreOfTheDomain(string domain) => Assert.Matches(@"^[a-z0-9]{8}@example\.org$", UserNameGenerator.CatchAll(domain));

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@example.org")]
    [InlineData("+@example.org")]
    [InlineData("a@b@c")]
    [InlineData("a b@c")]
    [InlineData("a\u202e@c")]
    public void WhatIsNoAddressIsRefused(string email) =>
        Assert.Equal("InvalidGeneratorOption", Assert.Throws<InvalidInputException>(() => UserNameGenerator.PlusAddress(email)).Code);

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("a@b")]
    [InlineData("a\nb")]
    public void WhatIsNoDomainIsRefused(string domain) =>
        Assert.Equal("InvalidGeneratorOption", Assert.Throws<InvalidInputException>(() => UserNameGenerator.CatchAll(domain)).Code);

    [Fact]
    public void AWordCanHaveACapitalAndFourDigits()
    {
        Assert.Contains(UserNameGenerator.Word(capitalize: false, includeNumber: false), WordList.Words);
        Assert.Matches("^[A-Z][a-z-]+[0-9]{4}$", UserNameGenerator.Word(capitalize: true, includeNumber: true));
    }

    [Fact]
    public void RulesMakeAPasswordStricterAndNeverLaxer()
    {
        GeneratorRules rules = new() { MinLength = 20, Special = true, MinimumDigits = 3 };
        PasswordOptions strict = rules.Apply(s_lettersOnly with { MinimumSpecial = 2 });
        Assert.Equal(new PasswordOptions { Length = 20, Digits = true, Special = true, MinimumDigits = 3, MinimumSpecial = 2 }, strict);
        Assert.Equal(s_lettersOnly with { Length = 40 }, new GeneratorRules { MinLength = 20 }.Apply(s_lettersOnly with { Length = 40 }));
        Assert.Equal(s_lettersOnly, GeneratorRules.None.Apply(s_lettersOnly));
    }

    [Fact]
    public void RulesMakeRoomForWhatTheyDemand() =>
        Assert.Equal(11, new GeneratorRules { MinimumSpecial = 9 }.Apply(s_lettersOnly with { Length = 5 }).Length);

    [Fact]
    public void DemandsAboveTheLimitsCountAsTheLimits()
    {
        GeneratorRules rules = new() { MinLength = int.MaxValue, MinimumDigits = int.MaxValue, MinimumSpecial = int.MaxValue, MinWords = int.MaxValue };
        using SecretBytes password = PasswordGenerator.Generate(rules.Apply(new PasswordOptions()));
        Assert.Equal(128, password.Length);
        Assert.Equal(20, rules.Apply(new PassphraseOptions()).Words);
    }

    [Fact]
    public void RulesMakeAPassphraseStricter() => Assert.Equal(
        new PassphraseOptions { Words = 8, Capitalize = true, IncludeNumber = true },
        new GeneratorRules { MinWords = 8, Capitalize = true, IncludeNumber = true }.Apply(new PassphraseOptions()));

    [Fact]
    public void TheOtherKindCanBeForbidden()
    {
        GeneratorRules rules = new() { Only = GeneratorKind.Passphrase };
        rules.EnsureAllowed(GeneratorKind.Passphrase);
        Assert.Equal("InvalidGeneratorOption", Assert.Throws<InvalidInputException>(() => rules.EnsureAllowed(GeneratorKind.Password)).Code);
    }

    private static void AssertRefused(PasswordOptions options) =>
        Assert.Equal("InvalidGeneratorOption", Assert.Throws<InvalidInputException>(() => PasswordGenerator.Generate(options)).Code);

    private static IEnumerable<string> Passwords(PasswordOptions options) => Enumerable.Range(0, Tries).Select(_ =>
    {
        using SecretBytes password = PasswordGenerator.Generate(options);
        return password.RevealText();
    });

    private static string Passphrase(PassphraseOptions options)
    {
        using SecretBytes phrase = PassphraseGenerator.Generate(options);
        return phrase.RevealText();
    }
}
