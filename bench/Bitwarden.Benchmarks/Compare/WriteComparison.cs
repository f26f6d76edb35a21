using System.Globalization;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.TestServer;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>
/// What one change costs in a large vault beside a small one, in process and over http: encrypting, sending, and showing the vault with it. Each change is of
/// an item that was not changed before, so that none waits for the version before it to settle.
/// </summary>
internal static class WriteComparison
{
    private const int Rounds = 40;
    private static readonly int[] s_sizes = [100, 10_000];

    internal static async Task<IEnumerable<ResultRow>> MeasureAsync()
    {
        List<(EmbeddedServer Server, BitwardenSession Session)> vaults = [];
        try
        {
            foreach (int size in s_sizes)
            {
                EmbeddedServer server = await EmbeddedServer.StartAsync(new EmbeddedServerOptions { LargeVaultItems = size, MixedLargeVault = true });
                vaults.Add((server, await OpenAsync(server)));
            }

            return
            [
                .. Rows("one edit", vaults.Select(vault => Edit(vault.Session))),
                .. Rows("one new item", vaults.Select(vault => Create(vault.Session))),
            ];
        }
        finally
        {
            foreach ((EmbeddedServer server, BitwardenSession session) in vaults)
            {
                session.Dispose();
                await server.DisposeAsync();
            }
        }
    }

    private static IEnumerable<ResultRow> Rows(string what, IEnumerable<Func<double>> contenders)
    {
        List<double>[] samples = Interleaved.Run(Rounds, [.. contenders]);
        return s_sizes.Select((size, i) => new ResultRow(string.Create(CultureInfo.InvariantCulture, $"{size:N0}: {what}"))
        {
            Ours = new Series("ms", samples[i]),
            Baseline = new Series("ms", samples[0]),
            Target = i == 0 ? null : Target.Ratio(2),
            Note = "a vault of 100",
        });
    }

    private static Func<double> Edit(BitwardenSession session)
    {
        Queue<VaultItem> items = new(session.GetVault().Items.Take(Rounds + 1));
        return () =>
        {
            using ItemEdit edit = new();
            edit.Set("username", SecretBytes.FromCharacters("changed"));
            VaultItem item = items.Dequeue();
            return Interleaved.Time(() => session.GetWriter().Items.UpdateAsync(item, edit).GetAwaiter().GetResult());
        };
    }

    private static Func<double> Create(BitwardenSession session)
    {
        int made = 0;
        return () =>
        {
            using ItemEdit edit = new() { Name = string.Create(CultureInfo.InvariantCulture, $"new-{made++}") };
            edit.Set("password", SecretBytes.FromCharacters("secret"));
            return Interleaved.Time(() => session.GetWriter().Items.CreateAsync(ItemType.Login, edit).GetAwaiter().GetResult());
        };
    }

    private static async Task<BitwardenSession> OpenAsync(EmbeddedServer server)
    {
        TestAccount account = server.Accounts[2];
        using SecretBytes secret = SecretBytes.FromCharacters(account.ClientSecret);
        using SecretBytes password = SecretBytes.FromCharacters(account.MasterPassword);
        BitwardenSession session = await BitwardenSession.ConnectAsync(
            ApiKeyCredential.Create(account.ClientId, secret),
            ServerEnvironment.Resolve(server.HttpUrl.OriginalString),
            new ConnectionOptions(),
            new SessionOptions());
        await session.UnlockAsync(password);
        return session;
    }
}
