using System.Management.Automation;
using Bitwarden.Core.Errors;

namespace Bitwarden.PowerShell.Binding;

/// <summary>A path as PowerShell reads it, which has drives and a place of its own, as one of the operating system. Wildcards mean nothing.</summary>
internal static class LocalPath
{
    /// <exception cref="LocalFileException">FileUnusable: it is not one of a file system.</exception>
    internal static string Resolve(PSCmdlet cmdlet, string path)
    {
        try
        {
            string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? resolved : throw new ArgumentException($"The provider {provider.Name} has no files.");
        }
        catch (Exception e) when (e is SessionStateException or ProviderInvocationException || LocalFileException.IsReason(e))
        {
            throw LocalFileException.Unreadable(path, e);
        }
    }
}
