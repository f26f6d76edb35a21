using System.Diagnostics;
using System.Text.Json;

namespace Bitwarden.Module.Tests.Agents;

/// <summary>The embedded server as a process of its own, as the Pester suite has it.</summary>
public sealed class TestServerProcess : IDisposable
{
    private const string Email = "pbkdf2@example.org";
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    public TestServerProcess()
    {
        string info = Path.Combine(_folder.Path, "info.json");
        ProcessStartInfo start = new("dotnet", [Repository.TestServer, "--info-file", info, "--stop-on-stdin-close"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (!SpinWait.SpinUntil(() => File.Exists(info) || _process.HasExited, TimeSpan.FromSeconds(60)) || _process.HasExited)
        {
            throw new InvalidOperationException("The test server did not start.");
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(info));
        Url = document.RootElement.GetProperty("httpUrl").GetString()!;
        JsonElement account = document.RootElement.GetProperty("accounts").EnumerateArray().Single(a => a.GetProperty("email").GetString() == Email);
        ClientId = account.GetProperty("clientId").GetString()!;
        ClientSecret = account.GetProperty("clientSecret").GetString()!;
        MasterPassword = account.GetProperty("masterPassword").GetString()!;
    }

    internal string Url { get; }

    internal string ClientId { get; }

    internal string ClientSecret { get; }

    internal string MasterPassword { get; }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill();
        }

        _process.Dispose();
        _folder.Dispose();
    }
}
