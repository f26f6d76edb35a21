using System.Text.Json;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Module.Tests;

/// <summary>
/// A part of the Pester suite, file by file, each in a PowerShell and a home directory of its own. Parts run side by side; the files of one part run one after
/// another, because each starts processes of its own.
/// </summary>
public abstract class PesterFiles(TestServers servers, ITestOutputHelper output)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private protected static TheoryData<string> FilesWhere(Func<string, bool> isOfPart) =>
        [.. Directory.EnumerateFiles(Repository.PesterSuite, "*.Tests.ps1")
            .Select(Path.GetFileName).OfType<string>().Where(isOfPart).Order(StringComparer.Ordinal)];

    private protected async Task RunAsync(string file)
    {
        PowerShellHost? host = await PowerShellHost.Find();
        Skip.When(host is null, "There is no PowerShell on the PATH and no .NET tool 'pwsh'.");
        using TemporaryFolder home = new();
        string report = Path.Combine(home.Path, "report.json");
        string script = Path.Combine(Repository.PesterSuite, "Invoke-PesterFile.ps1");
        string path = Path.Combine(Repository.PesterSuite, file);

        (int exitCode, string text) = await host!.RunAsync(
            home.Path, await servers.StartAsync(), s_limit, "-NoProfile", "-File", script, "-Path", path, "-Report", report);

        Assert.True(File.Exists(report), $"PowerShell ended with {exitCode} and wrote no report.{Environment.NewLine}{text}");
        Report result = JsonSerializer.Deserialize<Report>(await File.ReadAllTextAsync(report), s_json)!;
        Skip.When(result.Missing.Length > 0, $"PowerShell {result.PowerShell} has no module {string.Join(", ", result.Missing)}.");
        string counts = $"{result.Passed} passed, {result.Failed} failed, {result.Skipped} skipped";
        output.WriteLine($"{file}: {counts}, PowerShell {result.PowerShell}, Pester {result.Pester}.");
        foreach (string reason in result.Reasons)
        {
            output.WriteLine(reason);
        }

        Assert.True(result.Failures.Length == 0, string.Join(Environment.NewLine, result.Failures.Select(failure => $"{failure.Name}: {failure.Message}")));
        Assert.True(result.Passed > 0, $"No test of {file} ran.{Environment.NewLine}{text}");
    }

    private sealed record Report(string PowerShell, string[] Missing)
    {
        public string? Pester { get; init; }

        public int Passed { get; init; }

        public int Failed { get; init; }

        public int Skipped { get; init; }

        public string[] Reasons { get; init; } = [];

        public Failure[] Failures { get; init; } = [];
    }

    private sealed record Failure(string Name, string Message);
}
