using System.Diagnostics;
using Bitwarden.HelpBuilder;
using Xunit;

namespace Bitwarden.Module.Tests.Help;

/// <summary>The builder as the build runs it.</summary>
public sealed class ToolTests
{
    [Fact]
    public async Task WritesTheHelpFile()
    {
        using TemporaryFolder folder = new();
        string page = Sample.Change("Sample.dll-Help.xml", Path.GetFileName(typeof(ToolTests).Assembly.Location) + "-Help.xml");
        (int exitCode, string output) = await RunAsync(folder.Path, page);
        Assert.Equal((0, ""), (exitCode, output));
        Assert.Contains("Get-BwSample", File.ReadAllText(Path.Combine(folder.Path, "help.xml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrintsErrorsFailsAndWritesNothing()
    {
        using TemporaryFolder folder = new();
        (int exitCode, string output) = await RunAsync(folder.Path, Sample.Page);
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{Path.Combine(folder.Path, "Get-BwSample.md")}(2): error BWHELP008: ", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, "help.xml")));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string folder, string page)
    {
        File.WriteAllText(Path.Combine(folder, "Get-BwSample.md"), page);
        string[] arguments =
        [
            typeof(HelpBuild).Assembly.Location, "build",
            "--assembly", typeof(ToolTests).Assembly.Location,
            "--pages", folder,
            "--module", Sample.Settings.Module,
            "--online", Sample.Settings.OnlineAddress,
            "--output", Path.Combine(folder, "help.xml"),
        ];
        ProcessStartInfo start = new("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
