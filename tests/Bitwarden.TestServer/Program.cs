using System.Runtime.InteropServices;
using System.Text.Json;
using Bitwarden.TestServer.Control;

namespace Bitwarden.TestServer;

/// <summary>Runs one server until Ctrl+C, SIGTERM or, if asked for, the end of standard input.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        CommandLine commandLine;
        try
        {
            commandLine = CommandLine.Parse(arguments);
        }
        catch (ArgumentException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}{Environment.NewLine}{CommandLine.Usage}");
            return 2;
        }

        await using EmbeddedServer server = await EmbeddedServer.StartAsync(commandLine.Server);
        await WriteInfoAsync(server, commandLine.InfoFile);
        await PrintAsync(server);
        await WaitForEndAsync(commandLine.StopOnStdinClose);
        return 0;
    }

    private static async Task WriteInfoAsync(EmbeddedServer server, string? path)
    {
        if (path is not null)
        {
            // A parent that waits for the file must never see half of it.
            string draft = path + ".tmp";
            await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(ServerInfo.Of(server), ControlEndpoints.Json));
            File.Move(draft, path, overwrite: true);
        }
    }

    private static async Task PrintAsync(EmbeddedServer server)
    {
        await Console.Out.WriteLineAsync($"https  {server.HttpsUrl.OriginalString}");
        await Console.Out.WriteLineAsync($"http   {server.HttpUrl.OriginalString}");
        await Console.Out.WriteLineAsync($"CA     {server.CertificateAuthorityPath}");
        foreach (TestAccount account in server.Accounts)
        {
            await Console.Out.WriteLineAsync($"""

                {account.Email} ({account.Kdf}, {account.Vault.Ciphers.Count} items)
                  client_id        {account.ClientId}
                  client_secret    {account.ClientSecret}
                  master password  {account.MasterPassword}
                """);
        }
    }

    private static async Task WaitForEndAsync(bool stopOnStdinClose)
    {
        TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        if (stopOnStdinClose)
        {
            _ = Task.Run(async () =>
            {
                await Console.In.ReadToEndAsync();
                end.TrySetResult();
            });
        }

        await end.Task;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            end.TrySetResult();
        }
    }
}
