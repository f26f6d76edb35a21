using System.Reflection;
using System.Text.RegularExpressions;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;
using Xunit;

namespace Bitwarden.Module.Tests;

/// <summary>The codes of the engine, those of the cmdlets, the table of hints and docs/errors.md say the same.</summary>
public sealed partial class ErrorHintsTests
{
    // These rows of docs/errors.md are SecretManagement's own errors.
    private static readonly string[] s_foreign = ["GetSecretNotFound", "GetSecretInvalidOperation", "RegisterSecretVaultCantGetModuleInfo"];

    private static readonly Dictionary<string, string> s_documented = DocumentRow()
        .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md")))
        .ToDictionary(row => row.Groups["code"].Value, row => row.Value);

    private static readonly string[] s_codes = [.. CodesOf(typeof(ErrorCodes)), .. CodesOf(typeof(ShellErrorCodes))];

    /// <summary>One failure for each hint, and one more where the hint depends on the failure's facts.</summary>
    public static TheoryData<string, string> Hints => new(Failures().Select(failure => (failure.Code, ErrorHints.For(failure) ?? string.Empty)));

    [Fact]
    public void EveryCodeIsDocumentedOnce() => Assert.Equal(s_codes.Order(), s_documented.Keys.Except(s_foreign).Order());

    [Fact]
    public void EveryHintHasAKnownCode() => Assert.Empty(ErrorHints.Codes.Except(s_codes));

    [Fact]
    public void EveryHintIsTried() => Assert.Empty(ErrorHints.Codes.Except(Failures().Select(failure => failure.Code)));

    [Theory]
    [MemberData(nameof(Hints))]
    public void HintIsASentence(string code, string hint) => Assert.True(hint.Length > 10 && hint.EndsWith('.'), $"{code}: '{hint}'");

    [Theory]
    [MemberData(nameof(Hints))]
    public void WhatAHintNamesIsInTheRowOfItsCode(string code, string hint) => Assert.All(
        NameInHint().Matches(hint), name => Assert.Contains(name.Value, s_documented[code], StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Hints))]
    public void EveryCmdletOfAHintIsExported(string code, string hint)
    {
        string manifest = File.ReadAllText(Path.Combine(Repository.Module, "Bitwarden.psd1"));
        Assert.All(Cmdlet().Matches(hint), cmdlet => Assert.True(manifest.Contains($"'{cmdlet.Value}'", StringComparison.Ordinal), $"{code}: {cmdlet.Value}"));
    }

    [Theory]
    [InlineData("TwoFactorUnsupported", "Connect-BwApiKey")]
    [InlineData("SsoRequired", "Connect-BwApiKey")]
    [InlineData("OfficialClientNotFound", "Connect-BwApiKey")]
    [InlineData("OfficialClientUnknownLayout", "Connect-BwApiKey")]
    [InlineData("OfficialClientLocked", "BW_SESSION")]
    public void HintNamesTheWayOut(string code, string name) =>
        Assert.Contains(name, ErrorHints.For(new InvalidInputException(code, "Wrong.")), StringComparison.Ordinal);

    [Fact]
    public void FailureWithoutAHintHasNone()
    {
        Assert.Null(ErrorHints.For(KdfException.Excessive("PBKDF2", "less")));
        Assert.Null(ErrorHints.For(AuthenticationFailedException.InvalidMasterPassword("ada@example.org")));
    }

    [Theory]
    [InlineData("https://keys.example.org/path/", "If you know the host, give -KeyConnectorUrl https://keys.example.org/path/.")]
    [InlineData("https://keys.example.org/?token=x", "If you know the host, give -KeyConnectorUrl https://keys.example.org/.")]
    public void HintHasTheAddressToConfirm(string address, string hint) =>
        Assert.Equal(hint, ErrorHints.For(InputErrors.KeyConnectorNotConfirmed(new Uri(address))));

    private static IEnumerable<string> CodesOf(Type constants) =>
        constants.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<BitwardenException> Failures() =>
    [
        .. ErrorHints.Codes.Except([ShellErrorCodes.KeyConnectorNotConfirmed, ErrorCodes.InvalidMasterPassword])
            .Select(code => new InvalidInputException(code, "Wrong.")),
        InputErrors.KeyConnectorNotConfirmed(new Uri("https://keys.example.org/")),
        AuthenticationFailedException.PasswordRejected("vault.example.org", "ada@example.org"),
        SessionException.NoneInProcess("ada@example.org", null),
        ItemLookupException.InTrash("prod-sql"),
        ItemLookupException.Pattern("prod-*"),
        SessionException.Expired("ada@example.org", "the key was rotated.", ErrorCodes.ApiKeyRejected),
    ];

    [GeneratedRegex(@"^\| `(?<code>\w+)` \|.*$", RegexOptions.Multiline)]
    private static partial Regex DocumentRow();

    [GeneratedRegex(@"[A-Z][a-z]+-Bw[A-Za-z]+|(?<![\w-])-[A-Z][A-Za-z]+|BW_[A-Z]+|(?<=')bw [a-z]+")]
    private static partial Regex NameInHint();

    [GeneratedRegex("[A-Z][a-z]+-Bw[A-Za-z]+")]
    private static partial Regex Cmdlet();
}
