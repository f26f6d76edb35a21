using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Bitwarden.Module.Tests;

/// <summary>What can be said about the built module without PowerShell.</summary>
public sealed partial class ModuleLayoutTests
{
    private static readonly string[] s_vaultCmdlets =
    [
        "Get-Secret", "Get-SecretInfo", "Remove-Secret", "Set-Secret", "Set-SecretInfo", "Test-SecretVault", "Unlock-SecretVault", "Unregister-SecretVault",
    ];
    private readonly string _manifest = File.ReadAllText(Path.Combine(Repository.Module, "Bitwarden.psd1"));
    private readonly string _extension = File.ReadAllText(Path.Combine(Repository.Module, "Bitwarden.Extension", "Bitwarden.Extension.psd1"));

    [Fact]
    public void ManifestIsTheSourceManifest()
    {
        IEnumerable<string> source = File.ReadAllLines(Path.Combine(Repository.Root, "Bitwarden.psd1")).Select(Built);
        Assert.Equal(source, File.ReadAllLines(Path.Combine(Repository.Module, "Bitwarden.psd1")));

        static string Built(string line) => line.Split("# built: ") is [_, string built] ? "    " + built : line;
    }

    [Fact]
    public void BuiltModuleHasNoScript()
    {
        Assert.Equal("Bitwarden.PowerShell.dll", Setting(_manifest, "RootModule"));
        IEnumerable<string> scripts = Directory.EnumerateFiles(Repository.Module, "*.ps*1", SearchOption.AllDirectories);
        Assert.DoesNotContain(scripts, file => !file.EndsWith(".psd1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Bitwarden.Core.dll")]
    [InlineData("Bitwarden.PowerShell.dll")]
    [InlineData("Bitwarden.SecretManagement.dll")]
    public void AssemblyHasTheVersionOfTheManifest(string file)
    {
        Version wanted = Version.Parse(Setting(_manifest, "ModuleVersion"));
        Version? found = AssemblyName.GetAssemblyName(Path.Combine(Repository.Module, file)).Version;
        Assert.Equal(wanted, new Version(found!.Major, found.Minor, found.Build));
    }

    [Fact]
    public void EveryFileOfTheManifestExists()
    {
        string[] files = [.. FileName().Matches(_manifest).Select(match => match.Groups[1].Value)];
        Assert.Contains("Bitwarden.PowerShell.dll", files);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Repository.Module, file)), file));
    }

    [Fact]
    public void EveryFileOfTheExtensionManifestExists()
    {
        string file = Assert.Single(List(_extension, "NestedModules"));
        Assert.True(File.Exists(Path.Combine(Repository.Module, "Bitwarden.Extension", file)), file);
    }

    [Fact]
    public void ThereIsNoForeignAssembly()
    {
        IEnumerable<string?> files = Directory.EnumerateFiles(Repository.Module, "*.dll", SearchOption.AllDirectories).Select(Path.GetFileName).Order();
        Assert.Equal(["Bitwarden.Core.dll", "Bitwarden.PowerShell.dll", "Bitwarden.SecretManagement.dll"], files);
    }

    [Fact]
    public void ExportListIsThatOfTheAssembly()
    {
        Assert.Equal(CmdletsOf("Bitwarden.PowerShell.dll"), List(_manifest, "CmdletsToExport"));
        Assert.DoesNotContain(List(_manifest, "CmdletsToExport"), s_vaultCmdlets.Contains);
    }

    [Fact]
    public void ExtensionExportsTheSixVaultCmdlets()
    {
        Assert.Equal(s_vaultCmdlets, List(_extension, "CmdletsToExport"));
        Assert.Equal(s_vaultCmdlets, CmdletsOf("Bitwarden.SecretManagement.dll"));
    }

    [Fact]
    public void HelpHasThePageOfEveryCmdletThatIsExported()
    {
        XNamespace command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
        XElement help = XElement.Load(Path.Combine(Repository.Module, "en-US", "Bitwarden.PowerShell.dll-Help.xml"));
        Assert.Equal(List(_manifest, "CmdletsToExport"), help.Descendants(command + "details").Select(details => details.Element(command + "name")!.Value));
    }

    [Fact]
    public void NoExportListHasAWildcard() => Assert.DoesNotMatch(@"ToExport\s*=[^)]*\*", _manifest + _extension);

    [Fact]
    public void VaultAssemblyIsNotTheModulesOwn() => Assert.NotEqual(
        Path.GetFileName(Setting(_manifest, "RootModule")), Path.GetFileName(Assert.Single(List(_extension, "NestedModules"))));

    private static string[] List(string manifest, string key)
    {
        Match list = Regex.Match(manifest, $@"{key}\s*=\s*@\(([^)]*)\)");
        return [.. Quoted().Matches(list.Groups[1].Value).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
    }

    private static string Setting(string manifest, string key) => Regex.Match(manifest, $@"^\s*{key}\s*=\s*'([^']*)'", RegexOptions.Multiline).Groups[1].Value;

    private static string[] CmdletsOf(string file)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Repository.Module, file));
        using PEReader image = new(stream);
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.CustomAttributes.Select(metadata.GetCustomAttribute).Where(attribute => IsCmdlet(metadata, attribute))
            .Select(attribute => NameOf(metadata, attribute)).Order(StringComparer.Ordinal)];
    }

    private static bool IsCmdlet(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return false;
        }

        EntityHandle type = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return type.Kind == HandleKind.TypeReference
            && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) == "CmdletAttribute";
    }

    // A blob: two bytes of prolog, then the verb and the noun as strings with their lengths.
    private static string NameOf(MetadataReader metadata, CustomAttribute attribute)
    {
        BlobReader blob = metadata.GetBlobReader(attribute.Value);
        blob.ReadUInt16();
        string? verb = blob.ReadSerializedString();
        return $"{verb}-{blob.ReadSerializedString()}";
    }

    [GeneratedRegex(@"'([^'\s]+\.(?:dll|psd1|psm1|ps1xml))'")]
    private static partial Regex FileName();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
