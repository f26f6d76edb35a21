using Bitwarden.Core.Official;
using Xunit;

namespace Bitwarden.Core.Tests.Official;

public sealed class OfficialClientProfileTests
{
    private static readonly string s_home = Path.Combine(Path.GetTempPath(), "home");
    private readonly Dictionary<string, string> _variables = new() { ["HOME"] = s_home };

    [Fact]
    public void Linux_uses_the_configuration_folder() => Assert.Equal(Path.Combine(s_home, ".config", "Bitwarden CLI"), Folder());

    [Fact]
    public void Linux_follows_XDG_CONFIG_HOME()
    {
        _variables["XDG_CONFIG_HOME"] = Path.Combine(s_home, "cfg");
        Assert.Equal(Path.Combine(s_home, "cfg", "Bitwarden CLI"), Folder());
    }

    [Fact]
    public void MacOS_uses_Application_Support_and_not_XDG()
    {
        _variables["XDG_CONFIG_HOME"] = Path.Combine(s_home, "cfg");
        Assert.Equal(Path.Combine(s_home, "Library", "Application Support", "Bitwarden CLI"), Folder(isMacOS: true));
    }

    [Fact]
    public void Windows_uses_roaming_application_data()
    {
        _variables["APPDATA"] = Path.Combine(s_home, "Roaming");
        Assert.Equal(Path.Combine(s_home, "Roaming", "Bitwarden CLI"), Folder(isWindows: true));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void The_clients_own_variable_comes_before_the_systems(bool isWindows, bool isMacOS)
    {
        _variables["BITWARDENCLI_APPDATA_DIR"] = Path.Combine(s_home, "own");
        _variables["XDG_CONFIG_HOME"] = _variables["APPDATA"] = Path.Combine(s_home, "other");
        Assert.Equal(Path.Combine(s_home, "own"), Folder(isWindows, isMacOS));
    }

    [Theory]
    [InlineData(false, "bw")]
    [InlineData(true, "bw.exe")]
    public void A_folder_beside_the_program_comes_first(bool isWindows, string program)
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
