using System.Reflection;

namespace Bitwarden.QuickStart;

/// <summary>Where the build put the module.</summary>
internal static class ModuleFolder
{
    /// <summary>The folder that holds the folder <c>Bitwarden</c>; what PSModulePath needs.</summary>
    internal static string Parent { get; } = typeof(ModuleFolder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "ModuleFolder").Value!;

    internal static string Path { get; } = System.IO.Path.Combine(Parent, "Bitwarden");
}
