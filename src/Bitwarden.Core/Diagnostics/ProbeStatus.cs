namespace Bitwarden.Core.Diagnostics;

/// <summary>How a step of a connection test ended.</summary>
public enum ProbeStatus : long
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>Worth knowing, but nothing that keeps the client from working.</summary>
    Warning,

    /// <summary>Something that keeps the client from working.</summary>
    Failed,

    /// <summary>Not tried, because an earlier step failed.</summary>
    Skipped,
}
