using Bitwarden.Core.Crypto;
using Bitwarden.Core.Generators;
using Xunit;

namespace Bitwarden.Core.Tests.Generators;

public sealed class PasswordGeneratorTests
{
    private const string Everything = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void EveryPasswordHasEachKindAndNothingElse() => Assert.All(Many(2000), password =>
    {
        Assert.Equal(14, password.Length);
        Assert.Contains(password, char.IsAsciiLetterLower);
        Assert.Contains(password, char.IsAsciiLetterUpper);
        Assert.Contains(password, char.IsAsciiDigit);
        Assert.All(password, character => Assert.Contains(character, Everything));
    });

    [Fact]
    public void EveryCharacterComesAtEveryPlace() => Assert.All(
        Enumerable.Range(0, 14), place => Assert.Equal(Everything, string.Concat(Many(3000).Select(password => password[place]).Distinct().Order())));

    // One digit for sure and the chance of more makes 1 + 11 * 10 / 62 of 14; the bounds are eight standard deviations away.
    [Fact]
    public void DigitsAreAsFrequentAsTheyShouldBe() =>
        Assert.InRange(Many(20_000).Average(password => (double)password.Count(char.IsAsciiDigit)), 2.70, 2.85);

    [Fact]
    public void NoTwoAreTheSame() => Assert.Equal(2000, Many(2000).Distinct().Count());

    [Theory]
    [InlineData(5)]
    [InlineData(128)]
    public void LengthIsAsAsked(int length)
    {
        using SecretBytes password = PasswordGenerator.Generate(length);
        Assert.Equal(length, password.Length);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(129)]
    public void OtherLengthsAreRefused(int length) => Assert.Throws<ArgumentOutOfRangeException>(() => PasswordGenerator.Generate(length));

    private static string[] Many(int count) => [.. Enumerable.Range(0, count).Select(_ => Text())];

    private static string Text()
    {
        using SecretBytes password = PasswordGenerator.Generate();
        return password.RevealText();
    }
}
