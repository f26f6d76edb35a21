using System.Reflection;

namespace Bitwarden.HelpBuilder.Shapes;

/// <summary>Reads the cmdlets of a built assembly without running it: what it is compiled against is a reference assembly that cannot be run.</summary>
internal static class ModuleAssembly
{
    /// <param name="path">The assembly; what else was built lies beside it.</param>
    /// <param name="references">Further assemblies that it needs, such as System.Management.Automation.</param>
    internal static IReadOnlyList<CmdletShape> Read(string path, IEnumerable<string> references)
    {
        string[] neighbours = Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "*.dll");
        string[] runtime = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll");
        using MetadataLoadContext context = new(new PathAssemblyResolver([.. runtime, .. neighbours, .. references]));
        return [.. context.LoadFromAssemblyPath(Path.GetFullPath(path)).GetExportedTypes()
            .Where(type => !type.IsAbstract && type.Find("CmdletAttribute") is not null)
            .Select(CmdletReader.Read)
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }
}
