using System.Diagnostics;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Module.Tests;

/// <summary>The one-command tour, with a PowerShell and without.</summary>
public sealed class QuickStartTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task ReadsSecretsThroughTheCmdlets()
    {
        Skip.When(await PowerShellHost.Find() is null, "There is no PowerShell on the PATH and no .NET tool 'pwsh'.");
        (int exitCode, string output) = await RunAsync(path: null);
        Assert.True(exitCode == 0, output);
        Assert.Contains("PS> Get-BwSecret 'Work/prod-sql#password' -AsPlainText", output, StringComparison.Ordinal);
        Assert.Contains("Sql-Pr0d!7f3K-argon2", output, StringComparison.Ordinal);
        Assert.Contains("Next, on your own vault:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutPowerShellTakesTheSameStepsThroughTheEngine()
    {
        using TemporaryFolder empty = new();
        (int exitCode, string output) = await RunAsync(path: empty.Path);
        Assert.True(exitCode == 0, output);
        Assert.Contains("No PowerShell 7 was found", output, StringComparison.Ordinal);
        Assert.Contains("Sql-Pr0d!7f3K-argon2", output, StringComparison.Ordinal);
        Assert.Contains("Next: install PowerShell", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string? path)
    {
        using TemporaryFolder home = new();
        ProcessStartInfo start = new("dotnet", [Repository.QuickStart])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home.Path;
        start.Environment["USERPROFILE"] = home.Path;
        start.Environment["PATH"] = path ?? Environment.GetEnvironmentVariable("PATH");
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(s_limit);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await errors);
    }
}
