using Xunit;

namespace Bitwarden.Module.Tests.Agents;

/// <summary>A working folder as an agent makes it, with the scripts and the module checked out, and a server behind it.</summary>
internal sealed class SampleRun : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly TemporaryFolder _folder = new();
    private readonly PowerShellHost _host;
    private readonly BuildAgent _agent;

    private SampleRun(PowerShellHost host, BuildAgent agent, TestServerProcess server)
    {
        _host = host;
        _agent = agent;
        Server = server;
        Workspace = Path.Combine(_folder.Path, "work");
        Copy(Path.Combine(Repository.Root, "samples", "pipelines"), Path.Combine(Workspace, "samples", "pipelines"));
        Copy(Repository.Module, Path.Combine(Workspace, "modules", "Bitwarden"));

        // What the agent hides from the beginning: the secrets of its own store.
        if (agent is not PlainAgent)
        {
            agent.Masker.Add(Server.ClientSecret);
            agent.Masker.Add(Server.MasterPassword);
        }
    }

    internal string Workspace { get; }

    internal TestServerProcess Server { get; }

    internal static async Task<SampleRun> StartAsync(BuildAgent agent, TestServerProcess server)
    {
        PowerShellHost? host = await PowerShellHost.Find();
        Assert.SkipWhen(host is null, "There is no PowerShell on the PATH.");
        return new SampleRun(host!, agent, server);
    }

    /// <summary>An empty file outside of the working folder.</summary>
    internal string File(string name)
    {
        string path = Path.Combine(_folder.Path, name);
        System.IO.File.WriteAllText(path, string.Empty);
        return path;
    }

    /// <summary>The file that the agent writes for a step.</summary>
    internal string Script(string text)
    {
        string path = Path.Combine(_folder.Path, $"{Guid.NewGuid()}.ps1");
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs a step that must succeed, and lets the agent read what it prints.</summary>
    internal async Task StepAsync(PipelineStep step, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        (int exitCode, string printed) = await _host.RunAsync(_home.Path, TimeSpan.FromSeconds(90), start =>
        {
            start.WorkingDirectory = Workspace;
            IEnumerable<KeyValuePair<string, string>> mapped = step.Environment
                .Select(pair => KeyValuePair.Create(pair.Key, PipelineFile.Fill(pair.Value, ValueOf)));
            foreach ((string name, string value) in mapped.Concat(variables))
            {
                start.Environment[name] = value;
            }
        }, arguments);
        _agent.Read(printed);
        Assert.True(exitCode == 0, $"{step.Name} ended with {exitCode}:\n{string.Join('\n', _agent.Log)}");
    }

    public void Dispose()
    {
        _home.Dispose();
        _folder.Dispose();
    }

    private string ValueOf(string name) => name switch
    {
        "github.workspace" or "Build.SourcesDirectory" or "CI_PROJECT_DIR" => Workspace,
        "vars.BW_SERVER" => Server.Url,
        "secrets.BW_CLIENTID" or "BW_CLIENTID" => Server.ClientId,
        "secrets.BW_CLIENTSECRET" or "BW_CLIENTSECRET" => Server.ClientSecret,
        "secrets.BW_PASSWORD" or "BW_PASSWORD" => Server.MasterPassword,
        _ => _agent.Variables[name],
    };

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            System.IO.File.Copy(file, target);
        }
    }
}
