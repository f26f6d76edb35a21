namespace Bitwarden.Interop.Tests;

/// <summary>What a child process is given.</summary>
internal sealed record ProcessInput
{
    /// <summary>Its working folder.</summary>
    public required string Folder { get; init; }

    /// <summary>How long it may run.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>Its whole environment; null for ours.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Its standard input.</summary>
    public string Text { get; init; } = string.Empty;
}
