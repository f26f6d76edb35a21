using Bitwarden.Core.Official;
using Xunit;

namespace Bitwarden.Core.Tests.Official;

public sealed class OfficialClientProfileTests
{
    private static readonly string s_home = Path.Combine(Path.GetTempPath(), "home");
    private readonly Dictionary<string, string> _variables = new() { ["HOME"] = s_home };

    [Fact]
    public void LinuxUsesTheConfigurationFolder() => Assert.Equal(Path.Combine(s_home, ".config", "Bitwarden CLI"), Folder());

    [Fact]
    public void LinuxFollowsXdgConfigHome()
    {
        _variables["XDG_CONFIG_HOME"] = Path.Combine(s_home, "cfg");
        Assert.Equal(Path.Combine(s_home, "cfg", "Bitwarden CLI"), Folder());
    }

    [Fact]
    public void MacOSUsesApplicationSupportAndNotXdg()
    {
        _variables["XDG_CONFIG_HOME"] = Path.Combine(s_home, "cfg");
        Assert.Equal(Path.Combine(s_home, "Library", "Application Support", "Bitwarden CLI"), Folder(isMacOS: true));
    }

    [Fact]
    public void WindowsUsesRoamingApplicationData()
    {
        _variables["APPDATA"] = Path.Combine(s_home, "Roaming");
        Assert.Equal(Path.Combine(s_home, "Roaming", "Bitwarden CLI"), Folder(isWindows: true));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void TheClientsOwnVariableComesBeforeTheSystems(bool isWindows, bool isMacOS)
    {
        _variables["BITWARDENCLI_APPDATA_DIR"] = Path.Combine(s_home, "own");
        _variables["XDG_CONFIG_HOME"] = _variables["APPDATA"] = Path.Combine(s_home, "other");
        Assert.Equal(Path.Combine(s_home, "own"), Folder(isWindows, isMacOS));
    }

    [Theory]
    [InlineData(false, "bw")]
    [InlineData(true, "bw.exe")]
    public void AFolderBesideTheProgramComesFirst(bool isWindows, string program)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("bw-portable-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, program), string.Empty);
            string data = folder.CreateSubdirectory("bw-data").FullName;
            _variables["PATH"] = folder.FullName;
            _variables["BITWARDENCLI_APPDATA_DIR"] = Path.Combine(s_home, "own");
            Assert.Equal(data, Folder(isWindows));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private string Folder(bool isWindows = false, bool isMacOS = false) =>
        OfficialClientProfile.StandardFolder(new OfficialClientPlatform(isWindows, isMacOS, name => _variables.GetValueOrDefault(name)));
}
