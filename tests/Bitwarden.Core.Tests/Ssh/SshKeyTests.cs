using System.Text;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Ssh;
using Xunit;

namespace Bitwarden.Core.Tests.Ssh;

public sealed class SshKeyTests
{
    public static TheoryData<string> Good => new(SshKeyFile.Names("good"));

    public static TheoryData<string> Encrypted => new(SshKeyFile.Names("good").Where(name => SshKeyFile.Row(name).GetProperty("encrypted").GetBoolean()));

    public static TheoryData<string> Refused => new(SshKeyFile.Names("refused"));

    [Theory]
    [MemberData(nameof(Good))]
    public void FileOfSshKeygenOrOpensslGivesItsPublicKeyAndFingerprint(string name)
    {
        JsonElement row = SshKeyFile.Row(name);
        using SshKey key = Parse(row.Text("text"), SshKeyFile.Passphrase);
        Assert.Equal(row.Text("publicKey"), key.PublicKey);
        Assert.Equal(row.Text("fingerprint"), key.Fingerprint);
        Assert.Equal(row.GetProperty("bits").GetInt32(), key.Bits);
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void WhatIsWrittenIsReadAgain(string name)
    {
        using SshKey key = Parse(SshKeyFile.Row(name).Text("text"), SshKeyFile.Passphrase);
        using SecretBytes written = key.ToPem();
        using SshKey again = SshKey.Parse(written);
        Assert.Equal(key.PublicKey, again.PublicKey);
        Assert.True(key.Fields.Span.SequenceEqual(again.Fields.Span));
    }

    [Theory]
    [MemberData(nameof(Encrypted))]
    public void WrongOrNoPassphraseIsSaid(string name)
    {
        string text = SshKeyFile.Row(name).Text("text");
        Assert.Contains("The passphrase is wrong", Failure(text, "pa55 phräse").Message, StringComparison.Ordinal);
        Assert.Contains("no passphrase was given", Failure(text, null).Message, StringComparison.Ordinal);
        Assert.Contains("no passphrase was given", Failure(text, string.Empty).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void WhatIsNotSupportedIsNamed(string name) => Assert.Contains(
        SshKeyFile.Row(name).Text("names"), Failure(SshKeyFile.Row(name).Text("text"), SshKeyFile.Passphrase).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "It is empty.")]
    [InlineData("PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none\r\n", "form of PuTTY")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== ada", "public key")]
    [InlineData("not a key", "not a private key in PEM form")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n", "'CERTIFICATE'")]
    [InlineData("-----BEGIN \u0007X-----\nAA==\n-----END \u0007X-----\n", "'\\u0007X'")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\n", "cut off")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\n!\n-----END OPENSSH PRIVATE KEY-----\n", "cut off or damaged")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "cut off or damaged")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", "cut off or damaged")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----\n", "cut off or damaged")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n", "cut off or damaged")]
    public void WhatIsNoKeyIsSaid(string text, string reason) => Assert.Contains(reason, Failure(text, "x").Message, StringComparison.Ordinal);

    [Fact]
    public void WhatIsLongerThanAnyKeyIsNotRead() =>
        Assert.Contains("longer than any key", Failure(new string('-', 70_000), null).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ed25519-pkcs8")]
    [InlineData("rsa")]
    [InlineData("rsa-pkcs1")]
    public void CutAnywhereIsAnError(string name)
    {
        (string label, byte[] content) = Unwrap(SshKeyFile.Row(name).Text("text"));
        int step = content.Length > 500 ? 23 : 1;
        for (int length = 0; length < content.Length; length += step)
        {
            Failure(Wrap(label, content[..length]), null);
        }
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("rsa")]
    public void ChangedAnywhereIsAnErrorOrTheSameKey(string name)
    {
        JsonElement row = SshKeyFile.Row(name);
        (string label, byte[] content) = Unwrap(row.Text("text"));
        for (int at = 0; at < content.Length; at += content.Length > 500 ? 37 : 1)
        {
            content[at] ^= 0x10;
            try
            {
                using SshKey key = Parse(Wrap(label, content), null);
                Assert.Equal(row.Text("publicKey"), key.PublicKey);
            }
            catch (InvalidInputException e)
            {
                Assert.Equal(ErrorCodes.InvalidSshKey, e.Code);
            }

            content[at] ^= 0x10;
        }
    }

    [Fact]
    public void DerivationWithoutEndIsRefused()
    {
        (string label, byte[] content) = Unwrap(SshKeyFile.Row("ed25519-ctr").Text("text"));

        // Magic, "aes256-ctr" and "bcrypt" behind their lengths, the options' length, the salt of 16 behind its own: then the rounds.
        const int Rounds = 15 + 14 + 10 + 4 + 20;
        Assert.Equal(2, content[Rounds + 3]);
        content[Rounds] = 0x7F;
        Assert.Contains("rounds, which is not supported", Failure(Wrap(label, content), "x").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DerivationEndsWhenItIsCancelled()
    {
        using SecretBytes text = SecretBytes.FromCharacters(SshKeyFile.Row("ed25519-ctr").Text("text"));
        using SecretBytes passphrase = SecretBytes.FromCharacters(SshKeyFile.Passphrase);
        Assert.Throws<OperationCanceledException>(() => SshKey.Parse(text, passphrase, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(SshKeyType.Ed25519, 256, "ssh-ed25519 ")]
    [InlineData(SshKeyType.Rsa, 2048, "ssh-rsa ")]
    public void MadeKeyIsOneOfItsKindAndDiffersEachTime(SshKeyType type, int bits, string start)
    {
        using SshKey key = SshKey.Generate(type, bits);
        using SshKey other = SshKey.Generate(type, bits);
        Assert.StartsWith(start, key.PublicKey, StringComparison.Ordinal);
        Assert.Equal((type, bits), (key.Type, key.Bits));
        Assert.NotEqual(key.Fingerprint, other.Fingerprint);
        Assert.DoesNotContain("PRIVATE", $"{key} {JsonSerializer.Serialize(key)}", StringComparison.Ordinal);
    }

    [Fact]
    public void SizeThatNoClientMakesIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => SshKey.Generate(SshKeyType.Rsa, 1024));

    [Fact]
    public void DisposedKeyHoldsNothing()
    {
        SshKey key = SshKey.Generate(SshKeyType.Ed25519);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(key.ToPem);
    }

    private static SshKey Parse(string text, string? passphrase)
    {
        using SecretBytes file = SecretBytes.FromCharacters(text);
        using SecretBytes? secret = passphrase is null ? null : SecretBytes.FromCharacters(passphrase);
        return SshKey.Parse(file, secret);
    }

    private static InvalidInputException Failure(string text, string? passphrase)
    {
        InvalidInputException failure = Assert.Throws<InvalidInputException>(() => Parse(text, passphrase));
        Assert.Equal(ErrorCodes.InvalidSshKey, failure.Code);
        return failure;
    }

    private static (string Label, byte[] Content) Unwrap(string text)
    {
        string[] lines = text.TrimEnd().Split('\n');
        return (lines[0][11..^5], Convert.FromBase64String(string.Concat(lines[1..^1])));
    }

    private static string Wrap(string label, byte[] content) =>
        new StringBuilder($"-----BEGIN {label}-----\n{Convert.ToBase64String(content)}\n-----END {label}-----\n").ToString();
}
