using System.Reflection;

namespace Bitwarden.Module.Tests;

/// <summary>Where things are; written into this assembly when it is built.</summary>
internal static class Repository
{
    internal static string Root { get; } = Read("RepositoryRoot");

    internal static string TestServer { get; } = Read("TestServer");

    internal static string QuickStart { get; } = Read("QuickStart");

    internal static string Module { get; } = Path.Combine(Root, "out", "Bitwarden");

    internal static string PesterSuite { get; } = Path.Combine(Root, "tests", "Pester");

    private static string Read(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
