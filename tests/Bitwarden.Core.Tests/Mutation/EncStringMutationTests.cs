using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Mutation;

/// <summary>
/// Encrypted values that were changed in some place: whatever still decrypts is the value that was encrypted, and everything else is refused in words of ours.
/// BW_TEST_ENCSTRINGS says how many are tried.
/// </summary>
public sealed class EncStringMutationTests(ITestOutputHelper output) : IDisposable
{
    private const int Usual = 20_000;
    private const string Same = "the same value";
    private static readonly string[] s_plaintexts = ["", "p", "correct horse battery staple", "0123456789abcdef", new string('\u00fc', 100)];
    private readonly SymmetricKey _key = SymmetricKey.Generate();
    private readonly MutationRun _run = new("BW_TEST_ENCSTRINGS", Usual);

    [Fact]
    public void MutatedValueIsRefusedOrTheSame()
    {
        (string Plaintext, EncString Value)[] originals = [.. s_plaintexts.Select(text => (text, _key.EncryptText(text)))];
        _run.Run(random =>
        {
            (string plaintext, EncString value) = originals[random.Next(originals.Length)];
            return random.Next(4) == 0 ? CheckBuffer(plaintext, value, random) : CheckText(plaintext, value, random);
        });
        output.WriteLine(_run.ToString());
        _run.AssertUseful("refused as", Same, TimeSpan.FromSeconds(5));
    }

    public void Dispose() => _key.Dispose();

    private string CheckText(string plaintext, EncString original, Random random)
    {
        string text = TextMutator.Mutate(original.ToWireString(), random);
        CheckReaders(text);
        EncString value = EncString.Parse(text);
        Assert.Equal(value.ToWireString(), EncString.Parse(value.ToWireString()).ToWireString());
        return Decrypt(plaintext, original, value);
    }

    private string CheckBuffer(string plaintext, EncString original, Random random) =>
        Decrypt(plaintext, original, EncString.ParseBuffer(TextMutator.Mutate(original.ToBuffer(), random)));

    private string Decrypt(string plaintext, EncString original, EncString value)
    {
        Assert.Equal(plaintext, _key.DecryptText(value));
        Assert.Equal(original.ToWireString(), value.ToWireString());
        return Same;
    }

    // Names are read in another way than values, straight from the JSON: neither may take what the other refuses.
    private void CheckReaders(string text)
    {
        string? code = CodeOf(() => _key.DecryptText(EncString.Parse(text)), out string? plaintext);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(text);
        Assert.Equal(code, CodeOf(() => _key.DecryptJsonText(json), out string? ofJson));
        Assert.Equal(plaintext, ofJson);
        string? parsing = CodeOf(() => EncString.Parse(text).ToString(), out _);
        Assert.Equal(parsing is null, EncString.TryParse(text, out _));
    }

    private static string? CodeOf(Func<string> read, out string? result)
    {
        try
        {
            result = read();
            return null;
        }
        catch (EncryptionException e)
        {
            result = null;
            return e.Code;
        }
    }
}
