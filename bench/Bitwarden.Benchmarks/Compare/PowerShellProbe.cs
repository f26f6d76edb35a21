using System.Globalization;
using System.Reflection;
using Bitwarden.Benchmarks.Native;
using Bitwarden.TestServer;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>A fresh pwsh that runs one script of Probes/ against the built module. The script writes lines of a name and a number.</summary>
internal sealed class PowerShellProbe
{
    private readonly ExternalTool _pwsh = ExternalTool.Find("pwsh") ?? throw new InvalidOperationException("no pwsh on the PATH");

    internal PowerShellProbe()
    {
        _pwsh.Environment["BENCH_MODULE"] = ModulePath;
        _pwsh.Environment["BENCH_ASSEMBLY"] = typeof(PowerShellProbe).Assembly.Location;
        _pwsh.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        _pwsh.Environment["POWERSHELL_UPDATECHECK"] = "Off";
    }

    internal static string ModulePath { get; } = Path.Combine(
        typeof(PowerShellProbe).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!,
        "out",
        "Bitwarden");

    /// <summary>Lets the scripts log in.</summary>
    /// <param name="server">Where.</param>
    /// <param name="account">Whose vault.</param>
    /// <param name="item">The one item to read; all when empty.</param>
    internal PowerShellProbe For(EmbeddedServer server, TestAccount account, string item = "")
    {
        _pwsh.Environment["BENCH_ITEM"] = item;
        _pwsh.Environment["BENCH_ACCOUNT"] = account.Email;
        _pwsh.Environment["BW_SERVER"] = server.HttpsUrl.OriginalString;
        _pwsh.Environment["BW_CLIENTID"] = account.ClientId;
        _pwsh.Environment["BW_CLIENTSECRET"] = account.ClientSecret;
        _pwsh.Environment["BW_PASSWORD"] = account.MasterPassword;
        _pwsh.Environment["BENCH_CA"] = server.CertificateAuthorityPath;
        return this;
    }

    internal void Set(string variable, string value) => _pwsh.Environment[variable] = value;

    /// <summary>Runs a command; what it writes does not matter.</summary>
    internal void RunCommand(string command) => _pwsh.Run(["-NoProfile", "-NonInteractive", "-Command", command]);

    /// <summary>Runs a script and gives its figures.</summary>
    internal ILookup<string, double> Run(string script) => _pwsh
        .Run(["-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "Probes", script + ".ps1")])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .ToLookup(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
}
