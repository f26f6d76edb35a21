namespace Bitwarden.Core.Vault;

/// <summary>A name whose slashes mean nesting.</summary>
internal static class NestedName
{
    /// <summary>The last part.</summary>
    internal static string? Leaf(string? name) => name?[(name.LastIndexOf('/') + 1)..];

    /// <summary>Everything before the last slash; null for a name that is not nested.</summary>
    internal static string? Parent(string? name) => name?.LastIndexOf('/') is int slash and > 0 ? name[..slash] : null;
}
