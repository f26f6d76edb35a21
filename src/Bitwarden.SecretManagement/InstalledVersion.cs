namespace Bitwarden.SecretManagement;

/// <summary>The version of the module that this process has loaded, where a newer one lies beside it.</summary>
/// <param name="Loaded">The version that serves.</param>
/// <param name="Newest">The version that does not.</param>
internal sealed record InstalledVersion(Version Loaded, Version Newest)
{
    /// <summary>The newest version beside the loaded one; null for none, and where folders are not named after versions.</summary>
    internal static InstalledVersion? Newer() => Beside(Path.GetDirectoryName(typeof(InstalledVersion).Assembly.Location));

    /// <param name="folder">The folder of the loaded module, Bitwarden/1.2.3; null for none.</param>
    internal static InstalledVersion? Beside(string? folder)
    {
        if (!Version.TryParse(Path.GetFileName(folder), out Version? loaded) || Path.GetDirectoryName(folder) is not string all)
        {
            return null;
        }

        Version? newest = new DirectoryInfo(all).EnumerateDirectories()
            .Where(other => File.Exists(Path.Combine(other.FullName, "Bitwarden.psd1")))
            .Select(other => Version.TryParse(other.Name, out Version? version) ? version : null)
            .Max();
        return newest > loaded ? new InstalledVersion(loaded, newest!) : null;
    }
}
