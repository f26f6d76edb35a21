using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto;

/// <summary>A value under a wrapped key gives the same whether or not the key becomes an object, and is refused for the same reasons.</summary>
public sealed class PassingKeyTests : IDisposable
{
    private readonly SymmetricKey _owner = SymmetricKey.Generate();
    private readonly SymmetricKey _item = SymmetricKey.Generate();

    public void Dispose()
    {
        _owner.Dispose();
        _item.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(255)]
    [InlineData(5000)]
    public void TextOfAnyLengthIsRead(int length)
    {
        string text = new('x', length);
        string wrapped = Json(_owner.WrapKey(_item));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(text, TryDecrypt(wrapped, Json(_item.EncryptText(text))));
            Assert.Equal("short", TryDecrypt(wrapped, Json(_item.EncryptText("short"))));
        }
    }

    [Fact]
    public void EachValueIsReadWithItsOwnKey()
    {
        using SymmetricKey other = SymmetricKey.Generate();
        Assert.Equal("one", TryDecrypt(Json(_owner.WrapKey(_item)), Json(_item.EncryptText("one"))));
        Assert.Equal("two", TryDecrypt(Json(_owner.WrapKey(other)), Json(other.EncryptText("two"))));
        AssertRefused(Json(_owner.WrapKey(_item)), Json(other.EncryptText("two")));
        AssertRefused(Json(other.WrapKey(_item)), Json(_item.EncryptText("one")));
        AssertRefused(Json(_owner.WrapKey(_item)), Json(_owner.EncryptText("of the owner")));
    }

    [Fact]
    public void OneBitOfEitherMacIsEnoughToRefuse()
    {
        EncString wrapped = _owner.WrapKey(_item);
        EncString text = _item.EncryptText("one");
        for (int bit = 0; bit < 8 * EncString.MacLength; bit += 7)
        {
            AssertRefused(Json(WithFlippedMac(wrapped, bit)), Json(text));
            AssertRefused(Json(wrapped), Json(WithFlippedMac(text, bit)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("\"2.a|b|c\"")]
    [InlineData("\"0.AAAA|AAAA\"")]
    [InlineData("null")]
    [InlineData("17")]
    public void WhatIsNotOfTheUsualFormIsLeftToOthers(string odd)
    {
        Assert.Null(TryDecrypt(odd, Json(_item.EncryptText("one"))));
        EncryptionException expected = Assert.Throws<EncryptionException>(() => _item.DecryptJsonText(Encoding.UTF8.GetBytes(odd)));
        EncryptionException refused = Assert.Throws<EncryptionException>(() => TryDecrypt(Json(_owner.WrapKey(_item)), odd));
        Assert.Equal((expected.Code, expected.Message), (refused.Code, refused.Message));
    }

    [Fact]
    public void SeveralTextsAreReadWithOneOpening()
    {
        string wrapped = Json(_owner.WrapKey(_item));
        byte[][] values = [.. Enumerable.Range(0, 20).Select(i => Encoding.UTF8.GetBytes(Json(_item.EncryptText(new string('y', 40 * i)))))];
        string unusual = "\"\\u0032." + Json(_item.EncryptText("escaped"))[3..];
        byte[] key = Encoding.UTF8.GetBytes(wrapped);
        Assert.True(_owner.TryUse(key, open => values.Select(value => open.DecryptJsonText(value).Length).ToArray(), out int[]? lengths));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => 40 * i), lengths);
        Assert.Equal("escaped", TryDecrypt(wrapped, unusual));
    }

    [Theory]
    [InlineData("+", "\\u002B")]
    [InlineData("+", "\\u002b")]
    [InlineData("/", "\\/")]
    [InlineData("=", "\\u003D")]
    [InlineData("2.", "\\u0032.")]
    [InlineData("|", "\\u007c")]
    public void EscapedCharactersAreRead(string plain, string escaped)
    {
        for (int i = 0; i < 20; i++)
        {
            string wrapped = Json(_owner.WrapKey(_item)).Replace(plain, escaped, StringComparison.Ordinal);
            string value = Json(_item.EncryptText("one")).Replace(plain, escaped, StringComparison.Ordinal);
            Assert.Equal("one", _item.DecryptJsonText(Encoding.UTF8.GetBytes(value)));
            Assert.Equal(wrapped.Contains("\\/", StringComparison.Ordinal) ? null : "one", TryDecrypt(wrapped, value));
        }
    }

    [Theory]
    [InlineData("\\u002")]
    [InlineData("\\u00g1")]
    [InlineData("\\ud800")]
    [InlineData("\\u00e9")]
    [InlineData("\\x2B")]
    [InlineData("\\")]
    public void OtherEscapesAreNoEncryptedValue(string escape)
    {
        string value = Json(_item.EncryptText("one"))[..^1] + escape + "\"";
        Assert.ThrowsAny<Exception>(() => _item.DecryptJsonText(Encoding.UTF8.GetBytes(value)));
        Assert.Null(TryDecrypt(value, value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(128)]
    public void KeyOfAnotherLengthIsLeftToOthers(int length) =>
        Assert.Null(TryDecrypt(Json(_owner.Encrypt(RandomNumberGenerator.GetBytes(length))), Json(_item.EncryptText("one"))));

    [Fact]
    public async Task ThreadsDoNotDisturbEachOther()
    {
        SymmetricKey[] keys = [.. Enumerable.Range(0, 8).Select(_ => SymmetricKey.Generate())];
        (string Wrapped, string Value)[] values = [.. keys.Select((key, i) => (Json(_owner.WrapKey(key)), Json(key.EncryptText($"text {i}"))))];
        await Parallel.ForAsync(0, 2000, (i, _) =>
        {
            Assert.Equal($"text {i % 8}", TryDecrypt(values[i % 8].Wrapped, values[i % 8].Value));
            return ValueTask.CompletedTask;
        });
        Array.ForEach(keys, key => key.Dispose());
    }

    [Fact]
    public void ZeroedKeyOpensNothing()
    {
        string wrapped = Json(_owner.WrapKey(_item));
        string text = Json(_item.EncryptText("one"));
        Assert.Equal("one", TryDecrypt(wrapped, text));
        _owner.Dispose();
        Assert.Throws<ObjectDisposedException>(() => TryDecrypt(wrapped, text));
    }

    private void AssertRefused(string wrapped, string value) =>
        Assert.Equal("DecryptionFailed", Assert.Throws<EncryptionException>(() => TryDecrypt(wrapped, value)).Code);

    private string? TryDecrypt(string wrapped, string value) =>
        _owner.TryUse(Encoding.UTF8.GetBytes(wrapped), key => key.DecryptJsonText(Encoding.UTF8.GetBytes(value)), out string? text) ? text : null;

    private static EncString WithFlippedMac(EncString value, int bit)
    {
        string[] parts = value.ToWireString().Split('|');
        byte[] mac = Convert.FromBase64String(parts[2]);
        mac[bit / 8] ^= (byte)(1 << (bit % 8));
        return EncString.Parse($"{parts[0]}|{parts[1]}|{Convert.ToBase64String(mac)}");
    }

    // As servers write it: the plus sign escaped.
    private static string Json(EncString value) => JsonSerializer.Serialize(value.ToWireString());
}
