using System.Diagnostics;
using Xunit;

namespace Bitwarden.Module.Tests;

/// <summary>Starts a real PowerShell: the one on the PATH, else the .NET tool.</summary>
internal sealed class PowerShellHost
{
    private static readonly Lazy<Task<PowerShellHost?>> s_found = new(FindAsync);
    private readonly string _file;
    private readonly string[] _first;

    private PowerShellHost(string file, params string[] first)
    {
        _file = file;
        _first = first;
    }

    /// <summary>The one that works on this machine; null for none.</summary>
    internal static Task<PowerShellHost?> Find() => s_found.Value;

    /// <summary>Runs it in a home directory of its own with closed input, and kills it with its children when it takes too long.</summary>
    /// <param name="home">The home directory.</param>
    /// <param name="servers">Where it can start test servers; null for in processes of their own.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="arguments">What it is given.</param>
    internal Task<(int ExitCode, string Output)> RunAsync(string home, Uri? servers, TimeSpan limit, params string[] arguments) =>
        RunAsync(home, limit, start => start.Environment["BITWARDEN_TEST_SERVERS"] = servers?.GetLeftPart(UriPartial.Authority), arguments);

    /// <summary>The same, somewhere else or with other variables.</summary>
    internal async Task<(int ExitCode, string Output)> RunAsync(string home, TimeSpan limit, Action<ProcessStartInfo> prepare, params string[] arguments)
    {
        using Process process = Start(home, prepare, arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"PowerShell did not end within {limit.TotalSeconds:0} seconds.{Environment.NewLine}{await output}{await errors}");
        }

        return (process.ExitCode, await output + await errors);
    }

    private static async Task<PowerShellHost?> FindAsync()
    {
        string tools = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools", "pwsh");
        PowerShellHost[] candidates = [new("pwsh"), new("dotnet", "tool", "run", "pwsh"), new(tools)];
        foreach (PowerShellHost candidate in candidates)
        {
            if (await candidate.WorksAsync())
            {
                return candidate;
            }
        }

        return null;
    }

    private async Task<bool> WorksAsync()
    {
        using TemporaryFolder home = new();
        try
        {
            (int exitCode, string output) = await RunAsync(home.Path, null, TimeSpan.FromSeconds(60), "-NoProfile", "-Command", "'it works'");
            return exitCode == 0 && output.Contains("it works", StringComparison.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private Process Start(string home, Action<ProcessStartInfo> prepare, string[] arguments)
    {
        ProcessStartInfo start = new(_file, [.. _first, .. arguments])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsUnwanted).ToArray())
        {
            start.Environment.Remove(name);
        }

        // The user's own modules stay visible: Pester and SecretManagement may be installed there only.
        start.Environment["PSModulePath"] = ModulePath(start.Environment);
        start.Environment["HOME"] = home;
        start.Environment["USERPROFILE"] = home;

        // None of these processes lives long enough for a second compilation of its methods to pay. Numbers are hexadecimal: 4,096 calls, 4,096 ms.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCountThreshold"] = "1000";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "1000";
        start.Environment["DOTNET_CLI_HOME"] = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        prepare(start);
        return Process.Start(start)!;
    }

    private static string ModulePath(IDictionary<string, string?> environment)
    {
        string own = OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.MyDocuments), "PowerShell", "Modules")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share", "powershell", "Modules");
        return environment.TryGetValue("PSModulePath", out string? given) && given is { Length: > 0 } ? $"{own}{Path.PathSeparator}{given}" : own;
    }

    // Neither the caller's Bitwarden variables, nor where the build agent's may decide a test; nor may dotnet test's hooks load into child processes.
    private static bool IsUnwanted(string name) =>
        name.StartsWith("BW", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("XDG_", StringComparison.Ordinal)
        || name is "DOTNET_STARTUP_HOOKS" or "CI" or "TF_BUILD" or "GITHUB_ACTIONS" or "GITLAB_CI" or "BUILDKITE" or "TEAMCITY_VERSION";
}
