using System.Diagnostics;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;

namespace Bitwarden.QuickStart;

/// <summary>The same steps without PowerShell, through the engine that the cmdlets wrap.</summary>
internal sealed class EngineTour
{
    private readonly EmbeddedServer _server;

    internal EngineTour(EmbeddedServer server)
    {
        _server = server;
    }

    internal async Task<int> RunAsync()
    {
        TestAccount account = _server.Argon2id;
        using SecretBytes clientSecret = SecretBytes.FromCharacters(account.ClientSecret);
        using SecretBytes masterPassword = SecretBytes.FromCharacters(account.MasterPassword);
        using BitwardenSession session = await StepAsync("BitwardenSession.ConnectAsync", () => BitwardenSession.ConnectAsync(
            ApiKeyCredential.Create(account.ClientId, clientSecret),
            ServerEnvironment.Resolve(_server.HttpUrl.ToString()),
            new ConnectionOptions(),
            new SessionOptions()));
        await StepAsync("session.UnlockAsync", async () =>
        {
            await session.UnlockAsync(masterPassword);
            return $"{session.GetVault().Items.Count} items";
        });
        foreach (string reference in new[] { "Work/prod-sql#username", "Work/prod-sql#password", "bw://Work/prod-sql#totp" })
        {
            await StepAsync($"session.ReadSecretAsync(\"{reference}\")", () => ReadAsync(session, reference));
        }

        Console.WriteLine();
        string command = $"pwsh -Command \"Import-Module {ModuleFolder.Path}; Get-Command -Module Bitwarden\"";
        Console.WriteLine($"Next: install PowerShell 7.4 or newer and run this again, or: {command}");
        return 0;
    }

    private static async Task<string> ReadAsync(BitwardenSession session, string reference)
    {
        using DecryptedSecret secret = await session.ReadSecretAsync(reference);
        return secret.Value.RevealText();
    }

    private static async Task<T> StepAsync<T>(string name, Func<Task<T>> step)
    {
        Stopwatch watch = Stopwatch.StartNew();
        T result = await step();
        Console.WriteLine($"{name,-92}{watch.Elapsed.TotalMilliseconds,6:0.0} ms");
        Console.WriteLine($"      {result}");
        return result;
    }
}
