using Bitwarden.Core.Generators;
using Xunit;

namespace Bitwarden.Core.Tests.Generators;

public sealed class OneTimeCodeTests
{
    private const string Seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 29)]
    [InlineData(29, 1)]
    [InlineData(30, 30)]
    public void SecondsLeftRunDownToTheNextWindow(long second, int left)
    {
        using OneTimeCode code = Totp.ComputeCode(Seed, DateTimeOffset.FromUnixTimeSeconds(second));
        Assert.Equal(left, code.SecondsLeft);
        Assert.Equal(TimeSpan.FromSeconds(30), code.Period);
        Assert.Equal((second / 30 * 30) + 30, code.ValidUntil.ToUnixTimeSeconds());
    }

    [Fact]
    public void ThereIsAlwaysASecondLeftWhileACodeCounts()
    {
        using OneTimeCode code = Totp.ComputeCode(Seed, DateTimeOffset.FromUnixTimeMilliseconds(29_999));
        Assert.Equal(1, code.SecondsLeft);
    }

    // The secret and the codes are those of the group totp of vectors.json, whose time is 1672531200.
    [Theory]
    [InlineData(1672531200, "7W6CJ")]
    [InlineData(1672531229, "7W6CJ")]
    public void SteamCodesAreKnownOnes(long second, string expected)
    {
        using OneTimeCode code = Totp.ComputeCode("STEAM://HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ", DateTimeOffset.FromUnixTimeSeconds(second));
        Assert.Equal(expected, code.Value.RevealText());
        Assert.Equal(TimeSpan.FromSeconds(30), code.Period);
    }

    [Fact]
    public void NothingThatIsPrintedHoldsTheCode()
    {
        using OneTimeCode code = Totp.ComputeCode(Seed, DateTimeOffset.FromUnixTimeSeconds(59));
        Assert.Equal("OneTimeCode", code.ToString());
    }
}
