using System.Diagnostics;
using System.Text.Json;
using Bitwarden.Module.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(TestServers))]

namespace Bitwarden.Module.Tests;

/// <summary>The one process whose servers all Pester files use: each file starts servers of its own in it. Started when the first file wants one.</summary>
public sealed class TestServers : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);
    private readonly Lazy<Task<(Process Process, Uri Address)>> _running = new(RunAsync);

    /// <summary>Where servers can be started.</summary>
    internal async Task<Uri> StartAsync() => (await _running.Value).Address;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_running.IsValueCreated)
        {
            using Process process = (await _running.Value).Process;
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<(Process Process, Uri Address)> RunAsync()
    {
        using TemporaryFolder folder = new();
        string infoFile = Path.Combine(folder.Path, "info.json");
        ProcessStartInfo start = new("dotnet", [Repository.TestServer, "--info-file", infoFile, "--stop-on-stdin-close"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        Process process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        using CancellationTokenSource limit = new(s_limit);
        while (!File.Exists(infoFile) && !process.HasExited)
        {
            await Task.Delay(100, limit.Token);
        }

        using JsonDocument info = JsonDocument.Parse(await File.ReadAllBytesAsync(infoFile));
        return (process, new Uri(info.RootElement.GetProperty("httpUrl").GetString()!));
    }
}
