using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Vectors;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto;

/// <summary>The groups encstring and encstring-negative of vectors.json, and what an attacker would try.</summary>
public sealed class EncStringTests
{
    [Fact(DisplayName = "encstring-type2")]
    public void Type2()
    {
        JsonElement row = VectorFile.Row("encstring-type2");
        using SymmetricKey key = new(Convert.FromBase64String(row.Input("key_b64")));
        Assert.Equal(row.Expected("plaintext_utf8"), key.DecryptText(EncString.Parse(row.Input("encstring"))));
    }

    [Fact(DisplayName = "encstring-type2-buffer-form")]
    public void Type2BufferForm()
    {
        JsonElement row = VectorFile.Row("encstring-type2-buffer-form");
        EncString value = EncString.Parse(row.Input("encstring"));
        byte[] buffer = value.ToBuffer();
        Assert.Equal(row.Expected("buffer_hex"), Convert.ToHexString(buffer).ToLowerInvariant());
        Assert.Equal(row.Input("encstring"), EncString.ParseBuffer(buffer).ToWireString());
    }

    [Fact(DisplayName = "encstring-downgrade-type0-must-fail")]
    public void DowngradeToType0Fails()
    {
        JsonElement row = VectorFile.Row("encstring-downgrade-type0-must-fail");
        using SymmetricKey key = new(Convert.FromBase64String(row.Input("key_b64")));
        AssertCode("UnsupportedEncryption", () => key.DecryptText(EncString.Parse(row.Input("encstring"))));
    }

    [Fact(DisplayName = "encstring-type0-field-must-fail")]
    public void Type0FieldFailsWithA32ByteKey()
    {
        JsonElement row = VectorFile.Row("encstring-type0-field-must-fail");
        AssertCode("UnsupportedEncryption", () => new SymmetricKey(Convert.FromBase64String(row.Input("key_b64"))));
    }

    [Fact(DisplayName = "encstring-unknown-type")]
    public void UnknownType() =>
        AssertCode("UnsupportedEncryption", () => EncString.Parse(VectorFile.Row("encstring-unknown-type").Input("encstring")));

    [Fact]
    public void Type7IsRecognisedAndUnsupported()
    {
        EncString value = EncString.Parse(VectorFile.Row("cose-encrypt0-xchacha20").Input("encstring"));
        Assert.Equal(EncStringType.CoseEncrypt0, value.Type);
        using SymmetricKey key = SymmetricKey.Generate();
        AssertCode("UnsupportedEncryption", () => key.DecryptText(value));
    }

    [Theory]
    [InlineData("2.QUJD|QUJD|QUJD", "MalformedEncString")] // IV of 3 bytes
    [InlineData("2.AAAAAAAAAAAAAAAAAAAAAA==|AAAAAAAAAAAAAAAAAAAAAA==", "MalformedEncString")] // no MAC
    [InlineData("2.AAAAAAAAAAAAAAAAAAAAAA==|AAAA|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "MalformedEncString")] // part of a block
    [InlineData("2.AAAAAAAAAAAAAAAAAAAAAA==||AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "MalformedEncString")] // no data
    [InlineData("2.not base64|x|y", "MalformedEncString")]
    [InlineData("x.QUJD", "MalformedEncString")]
    [InlineData("-2.QUJD", "MalformedEncString")]
    [InlineData("", "MalformedEncString")]
    [InlineData("99999999999.QUJD", "MalformedEncString")]
    [InlineData("8.QUJD", "UnsupportedEncryption")]
    public void MalformedTextIsRefusedByName(string text, string code) => AssertCode(code, () => EncString.Parse(text));

    [Fact]
    public void HeaderlessTextIsType0OrType1()
    {
        const string Iv = "AAAAAAAAAAAAAAAAAAAAAA==";
        const string Mac = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        Assert.Equal(EncStringType.AesCbc256, EncString.Parse($"{Iv}|{Iv}").Type);
        Assert.Equal(EncStringType.AesCbc128HmacSha256, EncString.Parse($"{Iv}|{Iv}|{Mac}").Type);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("exactly 16 bytes")]
    [InlineData("Straße ü 漢字 🔑")]
    public void TextSurvivesARoundTrip(string text)
    {
        using SymmetricKey key = SymmetricKey.Generate();
        EncString encrypted = key.EncryptText(text);
        Assert.Equal(text, key.DecryptText(EncString.Parse(encrypted.ToWireString())));
    }

    [Fact]
    public void EveryFlippedBitIsNoticed()
    {
        using SymmetricKey key = SymmetricKey.Generate();
        byte[] buffer = key.EncryptText("attack at dawn").ToBuffer();
        for (int bit = 8; bit < buffer.Length * 8; bit++)
        {
            byte[] tampered = [.. buffer];
            tampered[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertCode("DecryptionFailed", () => key.DecryptText(EncString.ParseBuffer(tampered)));
        }
    }

    [Fact]
    public void AnotherKeyDoesNotOpen()
    {
        using SymmetricKey key = SymmetricKey.Generate();
        using SymmetricKey other = SymmetricKey.Generate();
        AssertCode("DecryptionFailed", () => other.DecryptText(key.EncryptText("text")));
    }

    [Fact]
    public void ADisposedKeyDecryptsNothing()
    {
        SymmetricKey key = SymmetricKey.Generate();
        EncString value = key.EncryptText("text");
        key.DecryptText(value);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.DecryptText(value));
    }

    [Fact]
    public void NothingPrintsAKeyOrCiphertext()
    {
        using SymmetricKey key = SymmetricKey.Generate();
        using MasterKey master = MasterKey.FromBytes(new byte[32]);
        using SecretBytes bytes = SecretBytes.FromCharacters("hunter2");
        EncString value = key.EncryptText("text");
        Assert.Equal("EncString AesCbc256HmacSha256", value.ToString());
        Assert.Equal("SymmetricKey AES-256-CBC-HMAC", key.ToString());
        Assert.Equal("MasterKey", master.ToString());
        Assert.Equal("SecretBytes", bytes.ToString());
    }

    [Fact]
    public async Task OneKeyServesManyThreads()
    {
        using SymmetricKey key = SymmetricKey.Generate();
        EncString[] values = [.. Enumerable.Range(0, 200).Select(i => key.EncryptText($"value {i}"))];
        await Parallel.ForAsync(0, 5_000, (i, _) =>
        {
            Assert.Equal($"value {i % 200}", key.DecryptText(values[i % 200]));
            return ValueTask.CompletedTask;
        });
    }

    private static void AssertCode(string code, Func<object> action) => Assert.Equal(code, Assert.Throws<EncryptionException>(action).Code);
}
