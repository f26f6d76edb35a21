using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Errors;

/// <summary>The engine does not know the shell: no text of it names what only PowerShell has.</summary>
public sealed partial class EngineTextTests
{
    private const string ProductToken = "Bitwarden-PowerShell/";

    [Fact]
    public void NoTextOfTheEngineNamesTheShell() =>
        Assert.DoesNotContain(TextsOfTheEngine(), text => text != ProductToken && OfTheShell().IsMatch(text));

    [Fact]
    public void TextsAreFound() => Assert.Contains(TextsOfTheEngine(), text => text.Contains("does not open the vault", StringComparison.Ordinal));

    [Theory]
    [InlineData("Unlock it with Unlock-BwVault.")]
    [InlineData("Give -ClientSecret.")]
    [InlineData("-Server US, EU or a URL")]
    [InlineData(" (-CertificateAuthority)")]
    [InlineData("Set BW_CLIENTSECRET.")]
    [InlineData("Not in PowerShell 5.")]
    [InlineData("Write -Confirm:$false.")]
    [InlineData("VaultParameters @{ Account = '' }")]
    [InlineData("Update the module.")]
    public void TextOfTheShellIsSeen(string text) => Assert.Matches(OfTheShell(), text);

    [Theory]
    [InlineData("key-connector")]
    [InlineData("AES-CBC with HMAC-SHA256")]
    [InlineData("Run 'bw unlock --raw'")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    public void OtherTextIsLeftAlone(string text) => Assert.DoesNotMatch(OfTheShell(), text);

    // What the compiler put into the assembly, pieces of interpolated texts included.
    private static List<string> TextsOfTheEngine()
    {
        using FileStream stream = File.OpenRead(typeof(BitwardenException).Assembly.Location);
        using PEReader image = new(stream);
        MetadataReader metadata = image.GetMetadataReader();
        List<string> texts = [];
        for (UserStringHandle handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
        {
            texts.Add(metadata.GetUserString(handle));
        }

        return texts;
    }

    [GeneratedRegex(@"[A-Z][a-z]+-Bw[A-Z]|PowerShell|SecretManagement|(?<![\w-])-[A-Z][a-z]|BW_[A-Z]|@\{|\$(env:|true|false)|\b(cmdlet|module)\b")]
    private static partial Regex OfTheShell();
}
