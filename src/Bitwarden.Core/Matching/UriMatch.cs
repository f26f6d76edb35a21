namespace Bitwarden.Core.Matching;

/// <summary>How a stored address is compared with one that is looked for, as numbered on the wire (protocol 5.5).</summary>
public enum UriMatch
{
    /// <summary>The registered name, <c>example.org</c> for <c>sql.example.org</c>, or the IP address.</summary>
    BaseDomain = 0,

    /// <summary>Host and port.</summary>
    Host = 1,

    /// <summary>The address that is looked for starts with the stored text.</summary>
    StartsWith = 2,

    /// <summary>Both are the same text.</summary>
    Exact = 3,

    /// <summary>The stored text is a regular expression that fits, ignoring case.</summary>
    RegularExpression = 4,

    /// <summary>Never found by an address.</summary>
    Never = 5,
}
