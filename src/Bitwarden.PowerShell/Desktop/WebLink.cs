using Bitwarden.Core.Errors;
using Bitwarden.Core.Matching;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Desktop;

/// <summary>
/// A stored address that may be opened. Whoever may write to a shared collection chose it, so that it must be one for a browser; never a file or a command.
/// </summary>
internal static class WebLink
{
    // Schemes that run or read something on this machine, whoever asks.
    private static readonly string[] s_never = ["file", "javascript", "vbscript", "data", "about", "blob", "shell", "jar", "view-source", "search"];
    private static readonly string[] s_neverBeginnings = ["ms-", "search-", "x-"];

    /// <summary>Reads an address; one without scheme is for https.</summary>
    /// <param name="stored">The address as it is stored.</param>
    /// <param name="force">Whether schemes for other programs, such as ssh, are wanted too, and addresses with a user name.</param>
    /// <exception cref="InvalidInputException">UnsafeAddress.</exception>
    internal static Uri Read(string stored, bool force)
    {
        string text = WithScheme(stored.Trim());
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || !IsRemote(uri))
        {
            throw InputErrors.UnsafeAddress(stored, "it is no address of a website");
        }

        if (!force && uri.Scheme is not ("https" or "http"))
        {
            throw InputErrors.UnsafeAddress(stored, $"a program for '{uri.Scheme}' would open it");
        }

        return force || uri.UserInfo.Length == 0 ? uri : throw InputErrors.UnsafeAddress(stored, "it has a user name before the host");
    }

    // A mail address has a host too.
    private static string WithScheme(string text) =>
        !text.Contains("://", StringComparison.Ordinal) && !text.Contains('@', StringComparison.Ordinal) && AddressMatcher.IsAddress(text)
            ? "https://" + text
            : text;

    private static bool IsRemote(Uri uri) => uri is { IsFile: false, IsUnc: false, Host.Length: > 0 }
        && uri.Scheme.Length > 1
        && uri.OriginalString.StartsWith(uri.Scheme + "://", StringComparison.OrdinalIgnoreCase)
        && !s_never.Contains(uri.Scheme)
        && !Array.Exists(s_neverBeginnings, beginning => uri.Scheme.StartsWith(beginning, StringComparison.Ordinal));
}
