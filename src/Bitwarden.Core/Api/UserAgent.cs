using System.Runtime.InteropServices;

namespace Bitwarden.Core.Api;

/// <summary>Our own name and version; the protocol level travels in a header of its own.</summary>
internal static class UserAgent
{
    internal static string Value { get; } =
        $"Bitwarden-PowerShell/{typeof(UserAgent).Assembly.GetName().Version?.ToString(3)} ({Platform()})";

    private static string Platform()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return "WINDOWS";
        }

        return RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "MACOS" : "LINUX";
    }
}
