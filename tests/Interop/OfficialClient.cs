using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.TestServer;

namespace Bitwarden.Interop.Tests;

/// <summary>
/// The official client with a profile of its own: it sees no other profile, no variable of ours but those a system needs, and gets
/// secrets through its environment and its standard input only.
/// </summary>
internal sealed class OfficialClient
{
    private const string PasswordVariable = "INTEROP_PASSWORD";
    private static readonly string[] s_systemVariables = ["PATH", "SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "TEMP", "TMP", "TMPDIR", "LANG"];
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromMinutes(2);
    private readonly OfficialClientInstallation _installation;
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;

    private OfficialClient(OfficialClientInstallation installation, EmbeddedServer server, string folder)
    {
        _installation = installation;
        _folder = Directory.CreateDirectory(folder).FullName;
        _environment = s_systemVariables
            .Where(name => Environment.GetEnvironmentVariable(name) is not null)
            .ToDictionary(name => name, name => Environment.GetEnvironmentVariable(name)!);
        foreach (string name in new[] { "HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "BITWARDENCLI_APPDATA_DIR" })
        {
            _environment[name] = _folder;
        }

        _environment["BW_NOINTERACTION"] = "true";
        _environment["NODE_COMPILE_CACHE"] = installation.CompileCache;
        _environment["NODE_EXTRA_CA_CERTS"] = server.CertificateAuthorityPath;
    }

    /// <summary>The file in which the client keeps everything.</summary>
    internal string DataFile => Path.Combine(_folder, "data.json");

    /// <summary>What the last login or unlock printed.</summary>
    internal string SessionKey => _environment["BW_SESSION"];

    /// <summary>Makes a profile that knows the server.</summary>
    internal static async Task<OfficialClient> CreateAsync(OfficialClientInstallation installation, EmbeddedServer server, DirectoryInfo parent)
    {
        OfficialClient client = new(installation, server, Path.Combine(parent.FullName, "profile"));
        await client.TextAsync("config", "server", server.HttpsUrl.OriginalString);
        return client;
    }

    /// <summary>Makes another profile out of one that nobody has logged in to: a client on another machine, at a quarter of the time.</summary>
    internal OfficialClient Another(EmbeddedServer server, string name)
    {
        OfficialClient client = new(_installation, server, Path.Combine(Path.GetDirectoryName(_folder)!, name));
        JsonNode data = JsonNode.Parse(File.ReadAllText(DataFile))!;
        data["global_applicationId_appId"] = Guid.NewGuid().ToString();
        File.WriteAllText(client.DataFile, data.ToJsonString());
        return client;
    }

    /// <summary>Logs in with the personal API key.</summary>
    internal Task<OfficialAnswer> LoginWithApiKeyAsync(TestAccount account, string? secret = null)
    {
        _environment["BW_CLIENTID"] = account.ClientId;
        _environment["BW_CLIENTSECRET"] = secret ?? account.ClientSecret;
        return RunAsync(["login", "--apikey"]);
    }

    /// <summary>Logs in with the master password, and keeps the session key.</summary>
    internal Task<OfficialAnswer> LoginWithPasswordAsync(TestAccount account, string? password = null, string? code = null)
    {
        _environment[PasswordVariable] = password ?? account.MasterPassword;
        string[] twoFactor = code is null ? [] : ["--method", "0", "--code", code];
        return OpenAsync(["login", account.Email, "--passwordenv", PasswordVariable, "--raw", .. twoFactor]);
    }

    /// <summary>Opens the vault with the master password, and keeps the session key.</summary>
    internal Task<OfficialAnswer> UnlockAsync(string password)
    {
        _environment[PasswordVariable] = password;
        return OpenAsync(["unlock", "--passwordenv", PasswordVariable, "--raw"]);
    }

    /// <summary>Imports a file that is protected with a password.</summary>
    internal Task<string> ImportAsync(string password, params string[] arguments)
    {
        _environment[PasswordVariable] = password;
        return TextAsync(["import", "--passwordenv", PasswordVariable, .. arguments]);
    }

    /// <summary>Runs a command that must succeed, and gives what it prints as text.</summary>
    internal async Task<string> TextAsync(params string[] arguments) => Encoding.UTF8.GetString(await BytesAsync(arguments)).TrimEnd('\n');

    /// <summary>Runs a command that must succeed, and gives what it prints as it is.</summary>
    internal async Task<byte[]> BytesAsync(params string[] arguments) => (await RunAsync(arguments)).Success();

    /// <summary>Runs a command that must succeed, and reads the objects that it prints.</summary>
    internal async Task<JsonElement[]> ListAsync(params string[] arguments) =>
        JsonSerializer.Deserialize<JsonElement[]>(await BytesAsync(["list", .. arguments]))!;

    /// <summary>Runs a command that takes an object and prints what became of it.</summary>
    internal async Task<JsonElement> WriteAsync(JsonNode content, params string[] arguments)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(content.ToJsonString()));
        return JsonSerializer.Deserialize<JsonElement>((await RunAsync(arguments, encoded)).Success());
    }

    private async Task<OfficialAnswer> OpenAsync(string[] arguments)
    {
        OfficialAnswer answer = await RunAsync(arguments);
        if (answer.IsSuccess)
        {
            _environment["BW_SESSION"] = Encoding.UTF8.GetString(answer.Success());
        }

        return answer;
    }

    private async Task<OfficialAnswer> RunAsync(string[] arguments, string input = "")
    {
        ProcessInput given = new() { Folder = _folder, TimeLimit = s_timeLimit, Environment = _environment, Text = input };
        return new OfficialAnswer(arguments, await ChildProcess.RunAsync(_installation.Node, [_installation.Script, .. arguments], given));
    }
}
