using System.Management.Automation;
using Bitwarden.Core.Errors;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Which stored addresses a user means: a pattern over the whole address, or an address or host, which also finds logins for the domain above it
/// (<c>https://sql.example.org</c> finds a login for <c>example.org</c>), as official clients do. There is no public suffix list here: a stored
/// address finds only hosts that end with it.
/// </summary>
internal sealed class UriFilter
{
    private readonly NamePattern? _pattern;
    private readonly string? _host;

    /// <exception cref="InvalidInputException">InvalidPattern.</exception>
    internal UriFilter(string text)
    {
        if (WildcardPattern.ContainsWildcardCharacters(text))
        {
            _pattern = new NamePattern(text);
        }

        _host = HostOf(text);
        Text = text;
    }

    private string Text { get; }

    internal bool IsMatch(string stored)
    {
        if (stored.Equals(Text, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return _pattern is not null
            ? _pattern.IsMatch(stored)
            : _host is not null && HostOf(stored) is string host && IsHostOrBelow(_host, host);
    }

    private static bool IsHostOrBelow(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase)
        || (domain.Contains('.', StringComparison.Ordinal) && host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));

    private static string? HostOf(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0
            ? uri.Host
            : null;
}
