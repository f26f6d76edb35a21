namespace Bitwarden.Core.Official;

/// <summary>What decides where the official client keeps its data.</summary>
internal sealed record OfficialClientPlatform(bool IsWindows, bool IsMacOS, Func<string, string?> Read)
{
    internal static OfficialClientPlatform Current { get; } =
        new(OperatingSystem.IsWindows(), OperatingSystem.IsMacOS(), Environment.GetEnvironmentVariable);

    /// <summary>The home folder as the client sees it: by the variable.</summary>
    internal string Home => Variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The folders in which programs are searched for.</summary>
    internal string[] SearchPath =>
        (Variable("PATH") ?? string.Empty).Split(IsWindows ? ';' : ':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A variable; null when it is missing or empty.</summary>
    internal string? Variable(string name) => Read(name) is { Length: > 0 } value ? value : null;

    /// <summary>A variable that holds a path, made absolute; null when it is missing or empty.</summary>
    internal string? FullPath(string name) => Variable(name) is string path ? Path.GetFullPath(path) : null;
}
