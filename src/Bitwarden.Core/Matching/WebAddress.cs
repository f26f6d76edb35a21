using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Bitwarden.Core.Matching;

/// <summary>
/// What an address says of its host. Forgiving, as official clients are: the scheme may be missing, and what is no web address, such as
/// <c>androidapp://org.example.app</c>, has a host too.
/// </summary>
internal sealed partial class WebAddress
{
    private const string Localhost = "localhost";
    private const int LongestHost = 255;
    private const int LongestLabel = 63;

    private static readonly Dictionary<string, int> s_usualPorts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["http"] = 80, ["https"] = 443, ["ws"] = 80, ["wss"] = 443, ["ftp"] = 21,
    };

    private WebAddress(string? host, string? port, bool hasScheme)
    {
        Host = host;
        IsIp = host is not null && IsIpAddress(host);
        RegisteredName = host is null || IsIp ? host : IsLocal(host) ? Localhost : PublicSuffixList.RegisteredNameOf(host);
        HostAndPort = host is null || (!hasScheme && !host.Contains('.', StringComparison.Ordinal)) ? null : Join(host, port);
    }

    /// <summary>The host in lower case and in Unicode, an IPv6 address without brackets; null for none.</summary>
    internal string? Host { get; }

    /// <summary>Whether the host is an IP address.</summary>
    internal bool IsIp { get; }

    /// <summary>The registered name (<see cref="PublicSuffixList"/>), or the host itself when it is an IP address; null for none.</summary>
    internal string? RegisteredName { get; }

    /// <summary>
    /// The host, and the port where it is not the scheme's usual one; null for none. A name without dot and without scheme has none: it could be any text.
    /// </summary>
    internal string? HostAndPort { get; }

    internal static WebAddress Parse(string text)
    {
        Match parts = Form().Match(text.Trim());
        string scheme = parts.Groups["scheme"].Value;
        string? host = parts.Groups["ip6"].Success ? HostOf(parts.Groups["ip6"].Value, isIp6: true) : HostOf(parts.Groups["host"].Value, isIp6: false);
        return new WebAddress(host, PortOf(parts.Groups["port"].Value, scheme.Length > 0 ? scheme : "http"), scheme.Length > 0);
    }

    private static string Join(string host, string? port)
    {
        string bracketed = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return port is null ? bracketed : $"{bracketed}:{port}";
    }

    private static string? HostOf(string text, bool isIp6)
    {
        string host = Punycode.ToUnicode(text.TrimEnd('.'));
        return (isIp6 ? IsIpAddress(host) : IsHostName(host)) ? host : null;
    }

    private static string? PortOf(string text, string scheme) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && s_usualPorts.GetValueOrDefault(scheme) != port
            ? port.ToString(CultureInfo.InvariantCulture)
            : null;

    private static bool IsLocal(string host) => host == Localhost || host.EndsWith("." + Localhost, StringComparison.Ordinal);

    private static bool IsHostName(string host) =>
        host.Length is > 0 and <= LongestHost && Array.TrueForAll(host.Split('.'), label => label.Length <= LongestLabel && HostLabel().IsMatch(label));

    // IPAddress takes "1" and "0x7f.1" too, which are names here.
    private static bool IsIpAddress(string host) => host.Contains(':', StringComparison.Ordinal) ? IPAddress.TryParse(host, out _) : Ip4().IsMatch(host);

    [GeneratedRegex(
        @"^(?:(?<scheme>[A-Za-z][A-Za-z0-9+.\-]*)://|//)?(?:[^/?#\\]*@)?(?:\[(?<ip6>[^\]]*)\]|(?<host>[^/?#\\:@\[\]]*))(?::(?<port>\d*))?(?:[/?#\\]|$)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex(@"^[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_\-]*[\p{L}\p{M}\p{N}_])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostLabel();

    [GeneratedRegex(@"^\d{1,3}(?:\.\d{1,3}){3}\z", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex Ip4();
}
