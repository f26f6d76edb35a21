namespace Bitwarden.Core.Matching;

/// <summary>
/// Compares stored addresses with one that is looked for, as the official command-line client does (protocol 5.5). Two hosts that belong to no registered
/// name, as in an intranet, are compared whole; official clients find nothing for them.
/// </summary>
public sealed class AddressMatcher
{
    // Two services of one name: a script's host runs what anybody wrote.
    private const string GoogleDomain = "google.com";
    private const string GoogleScripts = "script.google.com";

    private readonly string _text;
    private readonly WebAddress _wanted;
    private readonly UriMatch _usual;

    /// <param name="address">The address that is looked for.</param>
    /// <param name="usual">How addresses that say nothing are compared.</param>
    internal AddressMatcher(string address, UriMatch usual)
    {
        _text = address;
        _wanted = WebAddress.Parse(address);
        _usual = usual;
    }

    /// <summary>How many stored patterns took too long to be tried to the end.</summary>
    public int SlowPatterns { get; private set; }

    /// <summary>Whether a text names a host that can be looked for: a name below a public suffix, an IP address or <c>localhost</c>.</summary>
    /// <param name="text">The text.</param>
    public static bool IsAddress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return WebAddress.Parse(text).RegisteredName is not null;
    }

    /// <summary>Whether a stored address is meant.</summary>
    /// <param name="stored">The stored address.</param>
    /// <param name="match">How it wants to be compared; null for the usual way.</param>
    public bool IsMatch(string stored, UriMatch? match)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Length > 0 && (match ?? _usual) switch
        {
            UriMatch.BaseDomain => IsSameDomain(WebAddress.Parse(stored)),
            UriMatch.Host => _wanted.HostAndPort is string host && host == WebAddress.Parse(stored).HostAndPort,
            UriMatch.StartsWith => _text.StartsWith(stored, StringComparison.Ordinal),
            UriMatch.Exact => _text.Equals(stored, StringComparison.Ordinal),
            UriMatch.RegularExpression => FitsPattern(stored),
            _ => false,
        };
    }

    private bool IsSameDomain(WebAddress stored)
    {
        string? domain = stored.RegisteredName ?? stored.Host;
        return domain is not null
            && domain == (_wanted.RegisteredName ?? _wanted.Host)
            && !(domain == GoogleDomain && _wanted.Host == GoogleScripts);
    }

    private bool FitsPattern(string pattern)
    {
        bool? fits = AddressPattern.IsMatch(pattern, _text);
        SlowPatterns += fits is null ? 1 : 0;
        return fits == true;
    }
}
