using System.Diagnostics;
using Bitwarden.Benchmarks.Native;
using Bitwarden.TestServer;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>
/// Reading one password with the vendor's bw (on the PATH, or where BW_EXE says), already logged in and unlocked, beside Get-BwSecret in a running
/// PowerShell; and what a step of a pipeline does: a whole pwsh that imports, connects, unlocks and reads, beside bw that logs in, unlocks and reads.
/// </summary>
internal static class OfficialClientComparison
{
    private const int Rounds = 5;
    private const string What = "One password, beside the official client";
    private const string Item = "prod-sql";

    internal static async Task<IEnumerable<ResultRow>> MeasureAsync()
    {
        string? path = Environment.GetEnvironmentVariable("BW_EXE");
        ExternalTool? bw = string.IsNullOrEmpty(path) ? ExternalTool.Find("bw") : ExternalTool.At(path);
        if (bw is null)
        {
            return [ResultRow.Skipped(What, "no bw on the PATH, and BW_EXE is not set")];
        }

        await using EmbeddedServer server = await EmbeddedServer.StartAsync();
        DirectoryInfo data = Directory.CreateTempSubdirectory("bw-bench-");
        try
        {
            return await Task.Run(() => Measure(bw, server, data.FullName));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static ResultRow[] Measure(ExternalTool bw, EmbeddedServer server, string data)
    {
        TestAccount account = server.Argon2id;
        Prepare(bw, server, account, data);
        PowerShellProbe probe = new PowerShellProbe().For(server, account, Item);
        string expected = account.Passwords[Item];
        List<double>[] samples = Interleaved.Run(
            Rounds,
            () => Interleaved.Time(() => probe.Run("ReadOnce")),
            () => Interleaved.Time(() => LogIn(bw)),
            () => Interleaved.Time(() => EnsureSame(expected, bw.Run(["get", "password", Item]))),
            () => LogOut(bw),
            () => probe.Run("Read")["median"].Single());
        Series ours = new("ms", samples[0]);
        Series read = new("ms", samples[2]);
        Series step = new("ms", samples[1].Zip(samples[2], (login, get) => login + get));
        const string OneRead = "bw get password, unlocked";
        const string Step = "bw login --apikey, bw unlock, bw get password";
        return
        [
            new("a step: pwsh that imports, connects, unlocks, reads") { Ours = ours, Baseline = step, Note = Step },
            new("the same, beside the read alone") { Ours = ours, Baseline = read, Note = OneRead },
            new("Get-BwSecret in a running pwsh") { Ours = new Series("ms", samples[4]), Baseline = read, Note = OneRead },
        ];
    }

    private static void Prepare(ExternalTool bw, EmbeddedServer server, TestAccount account, string data)
    {
        bw.Environment["BITWARDENCLI_APPDATA_DIR"] = data;
        bw.Environment["NODE_EXTRA_CA_CERTS"] = server.CertificateAuthorityPath;
        bw.Environment["BW_CLIENTID"] = account.ClientId;
        bw.Environment["BW_CLIENTSECRET"] = account.ClientSecret;
        bw.Environment["BW_PASSWORD"] = account.MasterPassword;
        bw.Run(["config", "server", server.HttpsUrl.OriginalString]);
    }

    private static void LogIn(ExternalTool bw)
    {
        bw.Run(["login", "--apikey"]);
        bw.Environment["BW_SESSION"] = bw.Run(["unlock", "--passwordenv", "BW_PASSWORD", "--raw"]).Trim();
    }

    private static double LogOut(ExternalTool bw)
    {
        bw.Run(["logout"]);
        return 0;
    }

    private static void EnsureSame(string expected, string password)
    {
        if (password.Trim() != expected)
        {
            throw new UnreachableException("bw read another password");
        }
    }
}
