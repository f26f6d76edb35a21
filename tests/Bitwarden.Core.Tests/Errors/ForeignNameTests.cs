using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Errors;

/// <summary>Names that others gave, in every message that quotes one.</summary>
public sealed class ForeignNameTests
{
    private static readonly string s_name = "\u001b]52;c;eA==\u0007##vso[x]\u202e" + new string('x', 1_000_000);

    public static TheoryData<string, string> Messages => new(Failures().Select((failure, index) => ($"{index} {failure.Code}", failure.Message)));

    [Theory]
    [MemberData(nameof(Messages))]
    public void AreInertAndShort(string failure, string message)
    {
        Assert.DoesNotContain(message, c => char.IsControl(c) || c == '\u202e');
        Assert.Contains(@"\u001B]52", message, StringComparison.Ordinal);
        Assert.DoesNotContain("##vso[", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1, 1500);
        Assert.False(message.StartsWith('\\'), failure);
    }

    [Fact]
    public void ManyCandidatesAreCounted()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(i => $"n{i}")];
        ItemLookupException failure = ItemLookupException.Ambiguous("n", names);
        Assert.EndsWith("'n19' and 80 more.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(100, failure.Candidates.Count);
    }

    private static IEnumerable<BitwardenException> Failures() =>
    [
        ItemLookupException.NotFound(s_name),
        ItemLookupException.Ambiguous(s_name, [s_name, s_name]),
        ItemLookupException.NoSuchValue(s_name, s_name, [s_name]),
        ItemLookupException.AmbiguousValue(s_name, s_name),
        ItemLookupException.Hidden(s_name),
        SessionException.VaultLocked(s_name),
        SessionException.Expired(s_name, "why.", "Code"),
        SessionException.Disconnected(s_name),
        SessionException.NoneInProcess(s_name, s_name),
        SessionException.Ambiguous([s_name, s_name]),
        InvalidInputException.CertificateAuthority(s_name),
        AuthenticationFailedException.PasswordRejected("vault.example.org", s_name),
        AuthenticationFailedException.InvalidMasterPassword(s_name),
        AuthenticationFailedException.NoMasterPassword(s_name),
        AuthenticationFailedException.NoKeyConnector(s_name),
        EncryptionException.KeyMissing(s_name),
        OfficialClientException.NoStoredKey(s_name),
    ];
}
