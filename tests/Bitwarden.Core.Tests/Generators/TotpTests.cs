using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Generators;
using Bitwarden.Core.Tests.Vectors;
using Xunit;

namespace Bitwarden.Core.Tests.Generators;

/// <summary>The group totp of vectors.json, and the SHA-1 row of RFC 6238, appendix B.</summary>
public sealed class TotpTests
{
    [Fact(DisplayName = "totp-table")]
    public void TotpTable()
    {
        JsonElement row = VectorFile.Row("totp-table");
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(row.Number("time_unix"));
        foreach (JsonElement entry in row.GetProperty("expected").GetProperty("cases").EnumerateArray())
        {
            using SecretBytes code = Totp.Compute(entry.GetProperty("key").GetString()!, time);
            Assert.Equal(entry.GetProperty("code").GetString(), code.RevealText());
        }
    }

    [Fact(DisplayName = "base32-lenient")]
    public void Base32Lenient()
    {
        JsonElement row = VectorFile.Row("base32-lenient");
        string[] inputs = [.. row.GetProperty("inputs").GetProperty("inputs").EnumerateArray().Select(text => text.GetString()!)];
        string[] expected = [.. row.GetProperty("expected").GetProperty("hex").EnumerateArray().Select(text => text.GetString()!)];
        for (int i = 0; i < inputs.Length; i++)
        {
            using SecretBytes decoded = Base32.DecodeLeniently(inputs[i]);
            Assert.Equal(expected[i], Convert.ToHexString(decoded.Span).ToLowerInvariant());
        }
    }

    [Fact(DisplayName = "RFC 6238 appendix B, time 59")]
    public void Rfc6238()
    {
        using SecretBytes code = Totp.Compute(
            "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8", DateTimeOffset.FromUnixTimeSeconds(59));
        Assert.Equal("94287082", code.RevealText());
    }

    [Theory]
    [InlineData("otpauth://hotp/x?secret=GEZDGNBV&counter=1")]
    [InlineData("otpauth://totp/x?issuer=y")]
    public void FieldsWithoutATimeBasedSecretAreRefused(string field)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => Totp.Compute(field, DateTimeOffset.UnixEpoch));
        Assert.Equal("InvalidTotp", error.Code);
        Assert.DoesNotContain("GEZDGNBV", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("----")]
    [InlineData("1890!")]
    [InlineData("A")]
    [InlineData("steam://")]
    [InlineData("otpauth://totp/x?secret=1")]
    [InlineData("otpauth://totp/x?secret=%20%20")]
    public void FieldWithoutASecretGivesNoCode(string field) =>
        Assert.Equal("InvalidTotp", Assert.Throws<InvalidInputException>(() => Totp.Compute(field, DateTimeOffset.UnixEpoch)).Code);
}
