using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto;

public sealed class FileCipherTests : IDisposable
{
    private const int Head = 49;
    private readonly SymmetricKey _key = SymmetricKey.Generate();

    // Around a block and around the pieces in which files are read.
    public static TheoryData<int> Lengths => new(0, 1, 15, 16, 17, 65535, 65536, 65537, 200_000);

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task WhatIsEncryptedInPiecesIsReadAsAWhole(int length)
    {
        byte[] content = RandomNumberGenerator.GetBytes(length);
        using MemoryStream encrypted = await EncryptAsync(content);
        using SecretBytes plain = _key.Decrypt(EncString.ParseBuffer(encrypted.ToArray()));
        Assert.Equal(content, plain.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task WhatIsEncryptedAsAWholeIsReadInPieces(int length)
    {
        byte[] content = RandomNumberGenerator.GetBytes(length);
        Assert.Equal(content, await DecryptAsync(_key.Encrypt(content).ToBuffer()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(Head)]
    [InlineData(70_000)]
    [InlineData(100_000)]
    public async Task ChangedByteIsFoundBeforeAnythingIsDecrypted(int position)
    {
        byte[] encrypted = _key.Encrypt(new byte[100_000]).ToBuffer();
        encrypted[position] ^= 1;
        using FileCipher cipher = new(_key);
        EncryptionException failure = await Assert.ThrowsAsync<EncryptionException>(() => cipher.VerifyAsync(new MemoryStream(encrypted), default));
        Assert.Equal("DecryptionFailed", failure.Code);
    }

    [Fact]
    public async Task FileThatIsChangedAfterTheCheckFails()
    {
        byte[] encrypted = _key.Encrypt(new byte[100_000]).ToBuffer();
        encrypted[60_000] ^= 1;
        using FileCipher cipher = new(_key);
        await Assert.ThrowsAsync<EncryptionException>(() => cipher.DecryptAsync(new MemoryStream(encrypted), new MemoryStream(), default));
    }

    [Theory]
    [InlineData(0, "MalformedEncString")]
    [InlineData(1, "MalformedEncString")]
    [InlineData(Head, "MalformedEncString")]
    [InlineData(Head + 15, "DecryptionFailed")]
    [InlineData(Head + 16, "DecryptionFailed")]
    public async Task CutFileFails(int length, string code)
    {
        byte[] encrypted = _key.Encrypt(new byte[100]).ToBuffer()[..length];
        using FileCipher cipher = new(_key);
        EncryptionException failure = await Assert.ThrowsAsync<EncryptionException>(() => cipher.VerifyAsync(new MemoryStream(encrypted), default));
        Assert.Equal(code, failure.Code);
    }

    [Theory]
    [InlineData(0, "UnsupportedEncryption")]
    [InlineData(7, "UnsupportedEncryption")]
    [InlineData(1, "MalformedEncString")]
    public async Task FileWithoutThisKindOfMacFails(byte type, string code)
    {
        byte[] encrypted = _key.Encrypt(new byte[100]).ToBuffer();
        encrypted[0] = type;
        EncryptionException failure = await Assert.ThrowsAsync<EncryptionException>(() => DecryptAsync(encrypted));
        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task SameFileIsNeverEncryptedTheSameTwice()
    {
        using MemoryStream first = await EncryptAsync([1, 2, 3]);
        using MemoryStream second = await EncryptAsync([1, 2, 3]);
        Assert.NotEqual(first.ToArray(), second.ToArray());
    }

    public void Dispose() => _key.Dispose();

    private async Task<MemoryStream> EncryptAsync(byte[] content)
    {
        using FileCipher cipher = new(_key);
        MemoryStream encrypted = new();
        await cipher.EncryptAsync(new MemoryStream(content), encrypted, default);
        return encrypted;
    }

    private async Task<byte[]> DecryptAsync(byte[] encrypted)
    {
        using FileCipher cipher = new(_key);
        using MemoryStream plain = new();
        await cipher.VerifyAsync(new MemoryStream(encrypted), default);
        await cipher.DecryptAsync(new MemoryStream(encrypted), plain, default);
        return plain.ToArray();
    }
}
