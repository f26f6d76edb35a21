using System.Security.Cryptography;
using System.Text;
using Bitwarden.Interop.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(OfficialClientInstallation))]

namespace Bitwarden.Interop.Tests;

/// <summary>
/// The official client and its Node, installed from npm once for all test runs on this machine. A folder that exists is complete:
/// the installation takes place elsewhere and is moved there at the end.
/// </summary>
public sealed class OfficialClientInstallation : IAsyncLifetime
{
    private const string CacheVariable = "BITWARDEN_INTEROP_CACHE";
    private const string PackageFile = "package.json";
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromMinutes(5);

    // No scripts of packages run; without a network npm gives up soon.
    private static readonly string[] s_npmArguments =
    [
        "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--no-update-notifier", "--loglevel=error", "--engine-strict=false",
        "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=3000",
    ];

    private string _folder = string.Empty;

    /// <summary>Why the client cannot run; null when it can.</summary>
    public string? Missing { get; private set; }

    /// <summary>The Node to run it with.</summary>
    internal string Node { get; private set; } = string.Empty;

    /// <summary>The client's program.</summary>
    internal string Script => Path.Combine(_folder, "node_modules", "@bitwarden", "cli", "build", "bw.js");

    /// <summary>Where Node keeps what it compiled, which is a third of what each start of the client costs.</summary>
    internal string CompileCache => Path.Combine(_folder, "compiled");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        byte[] package = ReadPackageFile();
        string root = CacheRoot();
        _folder = Path.Combine(root, Convert.ToHexString(SHA256.HashData(package))[..12].ToLowerInvariant());
        Missing = Directory.Exists(_folder) ? null : await InstallAsync(root, package);
        if (Missing is null)
        {
            Node = FindNode() ?? string.Empty;
            Missing = Node.Length > 0 ? null : $"npm has no Node for this kind of machine ({_folder}).";
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string?> InstallAsync(string root, byte[] package)
    {
        if (ChildProcess.Find(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") is not string npm)
        {
            return "npm was not found. Install Node.js to compare with the official client.";
        }

        string draft = Path.Combine(root, $"draft-{Guid.NewGuid():N}");
        Directory.CreateDirectory(draft);
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(draft, PackageFile), package);
            ProcessResult result = await ChildProcess.RunAsync(npm, s_npmArguments, new ProcessInput { Folder = draft, TimeLimit = s_timeLimit });
            return result.ExitCode == 0 ? Publish(draft) : $"npm could not install the official client: {LastLine(result)}";
        }
        catch (TimeoutException e)
        {
            return $"npm could not install the official client: {e.Message}";
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    private string? Publish(string draft)
    {
        try
        {
            Directory.Move(draft, _folder);
        }
        catch (IOException) when (Directory.Exists(_folder))
        {
            // Another test run was faster.
        }

        return null;
    }

    private string? FindNode()
    {
        string program = OperatingSystem.IsWindows() ? "node.exe" : "node";
        return Directory.EnumerateDirectories(Path.Combine(_folder, "node_modules"), "node-*")
            .Select(package => Path.Combine(package, "bin", program))
            .FirstOrDefault(File.Exists);
    }

    private static string CacheRoot()
    {
        string? given = Environment.GetEnvironmentVariable(CacheVariable);
        if (!string.IsNullOrEmpty(given))
        {
            return Path.GetFullPath(given);
        }

        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "bitwarden-interop");
    }

    private static byte[] ReadPackageFile()
    {
        using Stream resource = typeof(OfficialClientInstallation).Assembly.GetManifestResourceStream(PackageFile)!;
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }

    private static string LastLine(ProcessResult result)
    {
        string text = Encoding.UTF8.GetString(result.Output) + Environment.NewLine + result.Errors;
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? $"exit code {result.ExitCode}";
    }
}
