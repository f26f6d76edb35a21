using System.ComponentModel;
using System.Diagnostics;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Desktop;

/// <summary>The program that the desktop has for an address.</summary>
internal static class Browser
{
    /// <summary>Opens an address that <see cref="WebLink"/> has read.</summary>
    /// <exception cref="DesktopException">BrowserUnavailable.</exception>
    internal static void Open(Uri address)
    {
        bool isOpen = OperatingSystem.IsWindows() ? OpenByShell(address) : OpenByProgram(address);
        if (!isOpen)
        {
            throw InputErrors.NoBrowser();
        }
    }

    // An absolute address begins with its scheme, so that no program takes it for an option. The shell gets it as an argument and reads nothing of it; it is
    // there to give a browser that stays an output of its own.
    private static bool OpenByProgram(Uri address) =>
        DesktopProgram.PathOf(OperatingSystem.IsMacOS() ? "open" : "xdg-open") is string opener
        && DesktopProgram.Find("sh", "-c", "exec \"$0\" \"$1\" </dev/null >/dev/null 2>&1", opener, address.AbsoluteUri)?.TryLaunch() == true;

    private static bool OpenByShell(Uri address)
    {
        try
        {
            using Process? process = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
