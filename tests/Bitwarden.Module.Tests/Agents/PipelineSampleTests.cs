using Xunit;

namespace Bitwarden.Module.Tests.Agents;

/// <summary>Runs the files of samples/pipelines step by step, as their agents would, and reads the logs as their agents do.</summary>
public sealed class PipelineSampleTests(TestServerProcess server, ITestOutputHelper output) : IClassFixture<TestServerProcess>
{
    // What a script does by mistake sooner or later; each after the steps of the sample.
    private const string Careless = """
        Write-Host "Server=sql;Password=$env:DB_PASSWORD;"
        [pscustomobject]@{ Password = $env:DB_PASSWORD } | ConvertTo-Json
        Write-Warning "It was $env:DB_PASSWORD"
        """;

    private const string Password = "Sql-Pr0d!7f3K-pbkdf2";
    private static readonly string[] s_codes = ["code-1 11111", "code-2 22222", "übrig-pbkdf2"];

    [Fact]
    public async Task GitHubActions()
    {
        GitHubRunner runner = new();
        using SampleRun run = await SampleRun.StartAsync(runner, server);
        IReadOnlyList<PipelineStep> steps = PipelineFile.OfGitHub(Sample("github-actions.yml"));
        Assert.Equal(["Get secrets", "Deploy", "Rotate codes"], steps.Select(step => step.Name));
        string env = run.File("env");
        string outputs = run.File("output");
        foreach (PipelineStep step in steps.Append(new PipelineStep("Careless", Careless, "pwsh", [])))
        {
            // As ScriptHandlerHelpers writes and starts a script for this shell.
            string script = $"$ErrorActionPreference = 'stop'\n{step.Script}\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) {{ exit $LASTEXITCODE }}";
            Dictionary<string, string> variables = new(runner.Variables)
            {
                ["GITHUB_ACTIONS"] = "true", ["CI"] = "true", ["GITHUB_ENV"] = env, ["GITHUB_OUTPUT"] = outputs,
            };
            await run.StepAsync(step, variables, "-command", $". '{run.Script(script)}'");
            runner.ReadFile(env, runner.Variables);
            File.WriteAllText(env, string.Empty);
        }

        Assert.Equal(Password, runner.Variables["DB_PASSWORD"]);
        AssertClean(run, runner);
        Assert.Equal([Password, .. s_codes], runner.Masker.Added.Where(text => text == Password || s_codes.Contains(text)).Distinct());
    }

    [Fact]
    public async Task AzurePipelines()
    {
        AzureAgent agent = new();
        using SampleRun run = await SampleRun.StartAsync(agent, server);
        IReadOnlyList<PipelineStep> steps = PipelineFile.OfAzure(Sample("azure-pipelines.yml"));
        Assert.Equal(["Get secrets", "Deploy", "Rotate codes"], steps.Select(step => step.Name));
        PipelineStep careless = new("Careless", Careless, "pwsh", [KeyValuePair.Create("DB_PASSWORD", "$(DB_PASSWORD)")]);
        foreach (PipelineStep step in steps.Append(careless))
        {
            // As the task PowerShell@2 writes and starts a script.
            string script = $"$ErrorActionPreference = 'stop'\n{step.Script}\n"
                + "if (!(Test-Path -LiteralPath variable:\\LASTEXITCODE)) { } else { exit $LASTEXITCODE }";
            Dictionary<string, string> variables = new() { ["TF_BUILD"] = "True", ["BW_SERVER"] = run.Server.Url };
            await run.StepAsync(step, variables, "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", $". '{run.Script(script)}'");
        }

        Assert.Equal(Password, agent.Variables["DB_PASSWORD"]);
        Assert.Empty(agent.Outputs);
        AssertClean(run, agent);
        Assert.Equal([Password, .. s_codes], agent.Masker.Added.Where(text => text == Password || s_codes.Contains(text)).Distinct());
    }

    [Fact]
    public async Task GitLab()
    {
        PlainAgent agent = new();
        using SampleRun run = await SampleRun.StartAsync(agent, server);
        foreach ((PipelineStep step, string? dotEnv) in PipelineFile.OfGitLab(Sample("gitlab-ci.yml")))
        {
            // Only its own variables are in the environment of each job; the shell around them does nothing here.
            string[] words = step.Script.Split(' ');
            Assert.Equal("pwsh", words[0]);
            Dictionary<string, string> variables = new(agent.Variables)
            {
                ["GITLAB_CI"] = "true", ["CI"] = "true", ["BW_SERVER"] = run.Server.Url, ["BW_CLIENTID"] = run.Server.ClientId,
                ["BW_CLIENTSECRET"] = run.Server.ClientSecret, ["BW_PASSWORD"] = run.Server.MasterPassword,
            };
            await run.StepAsync(step, variables, words[1..]);
            if (dotEnv is not null)
            {
                string[] lines = File.ReadAllLines(Path.Combine(run.Workspace, dotEnv));
                agent.Variables["DB_PASSWORD"] = Assert.Single(lines)["DB_PASSWORD=".Length..];
            }
        }

        Assert.Equal(Password, agent.Variables["DB_PASSWORD"]);
        Assert.Contains(agent.Log, line => line.Contains("is written to a file as it is", StringComparison.Ordinal));
        AssertClean(run, agent);
    }

    private void AssertClean(SampleRun run, BuildAgent agent)
    {
        string log = string.Join('\n', agent.Log);
        output.WriteLine(log);
        Assert.Contains("DB_PASSWORD is set for later steps.", log, StringComparison.Ordinal);
        Assert.Contains("with a password of 20 characters.", log, StringComparison.Ordinal);
        Assert.Contains("There are 3 lines of recovery codes.", log, StringComparison.Ordinal);
        Assert.Contains("Connecting as sql_admin.", log, StringComparison.Ordinal);
        foreach (string value in s_codes.Append(Password).Append(run.Server.MasterPassword).Append(run.Server.ClientSecret))
        {
            Assert.DoesNotContain(value, log, StringComparison.Ordinal);
        }
    }

    private static string Sample(string file) => Repository.ReadText($"samples/pipelines/{file}");
}
