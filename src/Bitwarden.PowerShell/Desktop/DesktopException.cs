using Bitwarden.Core.Errors;

namespace Bitwarden.PowerShell.Desktop;

/// <summary>A program of the desktop, for the clipboard or for addresses, is missing or failed.</summary>
public sealed class DesktopException : BitwardenException
{
    internal DesktopException(string code, string message)
        : base(code, message)
    {
    }
}
