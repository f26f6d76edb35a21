using System.Diagnostics;
using System.Reflection;

namespace Bitwarden.Core.Tests.Memory;

/// <summary>The probe, on the runtime of the tests and with a .NET 8 of its own.</summary>
internal static class ProbeProgram
{
    private const string Name = "Bitwarden.MemoryProbe";

    internal static (string Program, string[] Arguments) OnThisRuntime =>
        (Environment.ProcessPath is string host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, Name + ".dll")]);

    /// <summary>Makes the program that carries .NET 8, which is a package.</summary>
    /// <returns>Null and the reason when the package is not to be had.</returns>
    internal static async Task<(string? Program, string Problem)> WithDotNet8Async()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "net8-probe");
        string program = Path.Combine(folder, "program", Name);
        string project = Path.Combine(Root, "tests", Name, Name + ".csproj");
        ProcessStartInfo start = new(
            "dotnet",
            ["publish", project, "-m:1", "--nologo", "-v", "q", "-c", "Release", "--self-contained",
                "--artifacts-path", folder, "-o", Path.GetDirectoryName(program)!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process publish = Process.Start(start)!;
        Task<string> errors = publish.StandardError.ReadToEndAsync();
        string output = await publish.StandardOutput.ReadToEndAsync() + await errors;
        await publish.WaitForExitAsync();
        bool isMade = publish.ExitCode == 0 && File.Exists(program);
        return isMade || !output.Contains("NU1", StringComparison.Ordinal)
            ? (isMade ? program : throw new InvalidOperationException(output), string.Empty)
            : (null, output.Split('\n').First(line => line.Contains("NU1", StringComparison.Ordinal)).Trim());
    }

    private static string Root => typeof(ProbeProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "RepositoryRoot").Value!;
}
