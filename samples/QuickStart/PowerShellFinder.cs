namespace Bitwarden.QuickStart;

/// <summary>Finds PowerShell 7: on the PATH, else where the .NET tool "powershell" is installed.</summary>
internal static class PowerShellFinder
{
    private static readonly string s_name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";

    internal static string? Find() => Folders().Select(folder => Path.Combine(folder, s_name)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Folders()
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        string tools = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools");
        return [.. path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), tools];
    }
}
