using System.Reflection;
using System.Text;
using Bitwarden.TestServer;

namespace Bitwarden.Interop.Tests;

/// <summary>A fresh PowerShell that runs SetSecret.ps1 in a home of its own: it writes, waits until <see cref="ReadAsync"/>, and reads.</summary>
internal sealed class SecretManagementRun
{
    private const int NotInstalled = 3;
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromMinutes(2);

    private static readonly string s_root = typeof(SecretManagementRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "RepositoryRoot").Value!;

    private readonly string _folder;
    private readonly Task<ProcessResult> _process;

    private SecretManagementRun(string folder, Task<ProcessResult> process)
    {
        _folder = folder;
        _process = process;
    }

    private static string Module => Path.Combine(s_root, "out", "Bitwarden");

    private static string? Program => ChildProcess.Find(OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");

    /// <summary>Why nothing can be run; null when it can.</summary>
    internal static string? Missing =>
        OperatingSystem.IsWindows() ? "SecretManagement would use the user's own registry."
        : Program is null ? "There is no pwsh on the PATH."
        : File.Exists(Path.Combine(Module, "Bitwarden.psd1")) ? null : "The module is not built.";

    internal static SecretManagementRun Start(EmbeddedServer server, TestAccount account, string folder)
    {
        Directory.CreateDirectory(folder);
        string[] arguments =
        [
            "-NoProfile", "-NonInteractive", "-File", Path.Combine(s_root, "tests", "Interop", "SetSecret.ps1"),
            Module, server.CertificateAuthorityPath, folder,
        ];
        ProcessInput input = new() { Folder = folder, TimeLimit = s_timeLimit, Environment = Variables(server, account, folder) };
        return new SecretManagementRun(folder, ChildProcess.RunAsync(Program!, arguments, input));
    }

    /// <summary>Waits until everything is written; false where SecretManagement is not installed.</summary>
    internal async Task<bool> IsWrittenAsync()
    {
        while (!File.Exists(Path.Combine(_folder, "written")))
        {
            if (_process.IsCompleted)
            {
                ProcessResult result = await _process;
                return result.ExitCode == NotInstalled ? false : throw new InvalidOperationException(result.Errors);
            }

            await Task.Delay(50);
        }

        return true;
    }

    /// <summary>Lets it go on, and gives what it reads, one line a secret.</summary>
    internal async Task<string[]> ReadAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "edited"), string.Empty);
        ProcessResult result = await _process;
        return result.ExitCode == 0
            ? Encoding.UTF8.GetString(result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new InvalidOperationException(result.Errors);
    }

    // The user's own modules stay visible: SecretManagement may be installed there only.
    private static Dictionary<string, string> Variables(EmbeddedServer server, TestAccount account, string folder)
    {
        string own = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share", "powershell", "Modules");
        string? given = Environment.GetEnvironmentVariable("PSModulePath");
        return new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["PSModulePath"] = string.IsNullOrEmpty(given) ? own : $"{own}{Path.PathSeparator}{given}",
            ["HOME"] = folder,
            ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? string.Empty,
            ["BW_SERVER"] = server.HttpsUrl.OriginalString,
            ["BW_CLIENTID"] = account.ClientId,
            ["BW_CLIENTSECRET"] = account.ClientSecret,
            ["BW_PASSWORD"] = account.MasterPassword,
        };
    }
}
