using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Api;

/// <summary>
/// An embedded server with unlocked sessions, and an old server whose unlock needs prelogin. Waits between attempts are skipped;
/// time passes only when a test says so.
/// </summary>
public sealed class FaultFixture : IAsyncLifetime
{
    private static readonly TimeSpan s_longestRetryDelay = TimeSpan.FromSeconds(20);

    internal EmbeddedServer Server { get; private set; } = null!;

    internal EmbeddedServer OldServer { get; private set; } = null!;

    internal ManualTimeProvider Time { get; } = new() { SkipsUpTo = s_longestRetryDelay };

    internal ReroutingHandler Route { get; } = new();

    /// <summary>Unlocked, over the real transport.</summary>
    internal BitwardenSession Session { get; private set; } = null!;

    /// <summary>Unlocked, over <see cref="Route"/>.</summary>
    internal BitwardenSession Rerouted { get; private set; } = null!;

    /// <summary>Locked, at the old server.</summary>
    internal BitwardenSession Old { get; private set; } = null!;

    /// <summary>Locked, at the old server, over <see cref="Route"/>.</summary>
    internal BitwardenSession OldRerouted { get; private set; } = null!;

    internal ConnectionOptions Options(bool rerouted) => new() { TimeProvider = Time, MessageHandler = rerouted ? Route : null };

    internal static async Task<BitwardenSession> ConnectAsync(EmbeddedServer server, ConnectionOptions options, Uri? address = null)
    {
        using SecretBytes secret = SecretBytes.FromCharacters(server.Pbkdf2.ClientSecret);
        return await BitwardenSession.ConnectAsync(
            ApiKeyCredential.Create(server.Pbkdf2.ClientId, secret),
            ServerEnvironment.Resolve((address ?? server.HttpUrl).ToString()),
            options,
            new SessionOptions());
    }

    internal static async Task UnlockAsync(BitwardenSession session, EmbeddedServer server)
    {
        using SecretBytes password = SecretBytes.FromCharacters(server.Pbkdf2.MasterPassword);
        await session.UnlockAsync(password);
    }

    public async ValueTask InitializeAsync()
    {
        Server = await EmbeddedServer.StartAsync();
        OldServer = await EmbeddedServer.StartAsync(new EmbeddedServerOptions { PascalCaseApi = true, MinimalTokenAnswer = true });
        Session = await ConnectAsync(Server, Options(rerouted: false));
        Rerouted = await ConnectAsync(Server, Options(rerouted: true));
        Old = await ConnectAsync(OldServer, Options(rerouted: false));
        OldRerouted = await ConnectAsync(OldServer, Options(rerouted: true));
        await Task.WhenAll(UnlockAsync(Session, Server), UnlockAsync(Rerouted, Server));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (BitwardenSession session in new[] { Session, Rerouted, Old, OldRerouted })
        {
            session.Dispose();
        }

        await Server.DisposeAsync();
        await OldServer.DisposeAsync();
    }
}
