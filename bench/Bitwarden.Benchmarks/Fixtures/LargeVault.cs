using System.Text;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;

namespace Bitwarden.Benchmarks.Fixtures;

/// <summary>A vault of many logins, as the test server sends it.</summary>
internal sealed class LargeVault : IDisposable
{
    internal const int ItemCount = 5_000;
    private readonly byte[] _userKey;

    private LargeVault(int count, byte[] syncJson, byte[] userKey)
    {
        Count = count;
        SyncJson = syncJson;
        _userKey = userKey;
        Snapshot = Parse();
        Keys = CreateKeys();
    }

    internal int Count { get; }

    internal byte[] SyncJson { get; }

    internal VaultSnapshot Snapshot { get; }

    internal KeyRing Keys { get; }

    internal static async Task<LargeVault> CreateAsync(int count = ItemCount, bool isMixed = false)
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new EmbeddedServerOptions { LargeVaultItems = count, MixedLargeVault = isMixed });
        TestAccount account = server.Accounts[2];
        using SecretBytes userKey = account.UserKey.CopyBytes();
        return new LargeVault(count, await FetchAsync(server, account), userKey.Span.ToArray());
    }

    internal VaultSnapshot Parse() => SyncReader.Read(SyncJson, DateTimeOffset.UtcNow);

    internal UnlockedVault Open(VaultSnapshot? snapshot = null) => new(snapshot ?? Snapshot, new VaultAccess(Keys, "bench"));

    public void Dispose() => Keys.Dispose();

    private KeyRing CreateKeys()
    {
        KeyRing ring = new(new SymmetricKey(_userKey));
        Snapshot.AddKeysTo(ring);
        return ring;
    }

    private static async Task<byte[]> FetchAsync(EmbeddedServer server, TestAccount account)
    {
        using SyncRecorder recorder = new();
        using SecretBytes secret = SecretBytes.FromCharacters(account.ClientSecret);
        ConnectionOptions connection = new() { MessageHandler = recorder };
        using BitwardenSession session = await BitwardenSession.ConnectAsync(
            ApiKeyCredential.Create(account.ClientId, secret),
            ServerEnvironment.Resolve(server.HttpUrl.OriginalString, null, null),
            connection,
            new SessionOptions());
        await session.SyncAsync(force: true);
        return recorder.Body;
    }

    private sealed class SyncRecorder() : DelegatingHandler(new SocketsHttpHandler())
    {
        internal byte[] Body { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("/sync", StringComparison.Ordinal))
            {
                await response.Content.LoadIntoBufferAsync();
                Body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            }

            return response;
        }
    }
}
