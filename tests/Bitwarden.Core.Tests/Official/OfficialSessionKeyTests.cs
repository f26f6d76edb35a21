using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Official;
using Bitwarden.Core.Tests.Vectors;
using Xunit;

namespace Bitwarden.Core.Tests.Official;

public sealed class OfficialSessionKeyTests
{
    private static readonly JsonElement s_row = VectorFile.Row("bw-session-protected-entry (synthetic)");

    private static string Entry => s_row.GetProperty("inputs").GetProperty("data_json").EnumerateObject()
        .Single(entry => entry.Name.StartsWith("__PROTECTED__", StringComparison.Ordinal)).Value.GetString()!;

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void OpensTheVectorsEntryWhateverEndsTheLine(string end)
    {
        using OfficialSessionKey key = Parse(s_row.Input("BW_SESSION") + end);
        using SymmetricKey? userKey = key.TryOpen(Entry);
        Assert.Equal(s_row.Expected("user_key_b64"), OfficialDataFile.Text(userKey!));
    }

    [Fact]
    public void AnotherKeyOpensNothing()
    {
        using OfficialSessionKey key = Parse(Convert.ToBase64String(new byte[64]));
        Assert.Null(key.TryOpen(Entry));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(120)]
    public void AChangedEntryIsNotOpened(int position)
    {
        byte[] changed = Convert.FromBase64String(Entry);
        changed[position] ^= 1;
        using OfficialSessionKey key = Parse(s_row.Input("BW_SESSION"));
        Assert.Null(key.TryOpen(Convert.ToBase64String(changed)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AmRl")]
    [InlineData("not base64!")]
    public void WhatIsNoEntryIsNotOpened(string entry)
    {
        using OfficialSessionKey key = Parse(s_row.Input("BW_SESSION"));
        Assert.Null(key.TryOpen(entry));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0A=")]
    public void WhatIsNoSessionKeySaysSoWithoutRepeatingIt(string text)
    {
        OfficialClientException failure = Assert.Throws<OfficialClientException>(() => Parse(text));
        Assert.Equal("OfficialClientLocked", failure.Code);
        Assert.Contains("base64 of 64 bytes", failure.Message);
        Assert.True(text.Length == 0 || !failure.Message.Contains(text));
    }

    private static OfficialSessionKey Parse(string text)
    {
        using SecretBytes bytes = SecretBytes.FromCharacters(text);
        return OfficialSessionKey.Parse(bytes);
    }
}
