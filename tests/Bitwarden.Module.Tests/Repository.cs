using System.Reflection;

namespace Bitwarden.Module.Tests;

/// <summary>Where things are; written into this assembly when it is built.</summary>
internal static class Repository
{
    private static readonly string[] s_notOurs = [".git", "bin", "obj", "out", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    internal static string Root { get; } = Read("RepositoryRoot");

    internal static string TestServer { get; } = Read("TestServer");

    internal static string QuickStart { get; } = Read("QuickStart");

    internal static string Module { get; } = Path.Combine(Root, "out", "Bitwarden");

    internal static string PesterSuite { get; } = Path.Combine(Root, "tests", "Pester");

    /// <summary>What is written by hand or by tools and kept, from the root, with slashes.</summary>
    internal static IEnumerable<string> Files() => Directory.EnumerateFiles(Root)
        .Concat(Directory.EnumerateDirectories(Root).Where(IsOurs).SelectMany(FilesUnder))
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    internal static string ReadText(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static IEnumerable<string> FilesUnder(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder).Where(IsOurs).SelectMany(FilesUnder));

    private static bool IsOurs(string folder) => !s_notOurs.Contains(Path.GetFileName(folder));

    private static string Read(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
