using System.Diagnostics;
using Bitwarden.TestServer;

namespace Bitwarden.QuickStart;

/// <summary>Takes the steps in a real PowerShell, with the account in environment variables and a home folder of its own.</summary>
internal sealed class PowerShellTour
{
    private const string Prompt =
        "Import-Module Bitwarden; Connect-BwApiKey -IdleTimeout 0 | Out-Host; Unlock-BwVault; "
        + "Write-Host \"Unlocked. Try: Get-BwItem, Get-BwSecret prod-sql#totp -AsPlainText, Get-Help Get-BwSecret -Full. 'exit' ends it all.\"";

    private readonly string _powerShell;
    private readonly EmbeddedServer _server;

    internal PowerShellTour(string powerShell, EmbeddedServer server)
    {
        _powerShell = powerShell;
        _server = server;
    }

    internal async Task<int> RunAsync()
    {
        string script = Path.Combine(AppContext.BaseDirectory, "quickstart.ps1");
        int exitCode = await StartAsync("-NoProfile", "-NonInteractive", "-File", script);
        Console.WriteLine();
        Console.WriteLine(exitCode == 0 ? NextSteps() : $"PowerShell ended with {exitCode}.");
        return exitCode;
    }

    internal Task<int> OpenPromptAsync() => StartAsync("-NoProfile", "-NoExit", "-Command", Prompt);

    private static string NextSteps() => $"""
        Next, on your own vault:
          dotnet run --project samples/QuickStart -- --interactive     a prompt on the made-up vault
          pwsh
          Import-Module {ModuleFolder.Path}
          Connect-BwApiKey -Server https://vault.example.org           asks for client_id and client_secret
          Unlock-BwVault                                               asks for the master password
          Get-Help Get-BwSecret -Full
        """;

    private async Task<int> StartAsync(params string[] arguments)
    {
        DirectoryInfo home = Directory.CreateTempSubdirectory("bitwarden-quickstart-");
        try
        {
            using Process process = Process.Start(StartInfo(home.FullName, arguments))!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private ProcessStartInfo StartInfo(string home, string[] arguments)
    {
        ProcessStartInfo info = new(_powerShell, arguments);
        TestAccount account = _server.Argon2id;
        info.Environment["BW_SERVER"] = _server.HttpUrl.ToString();
        info.Environment["BW_CLIENTID"] = account.ClientId;
        info.Environment["BW_CLIENTSECRET"] = account.ClientSecret;
        info.Environment["BW_PASSWORD"] = account.MasterPassword;
        info.Environment["PSModulePath"] = ModuleFolder.Parent + Path.PathSeparator + Environment.GetEnvironmentVariable("PSModulePath");

        // SecretManagement keeps its registrations in the home folder; yours stay as they are.
        info.Environment["HOME"] = home;
        info.Environment["LOCALAPPDATA"] = home;
        return info;
    }
}
