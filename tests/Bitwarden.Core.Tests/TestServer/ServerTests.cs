using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

/// <summary>Tests of the server itself: one of their own for each, and a bare HTTP client.</summary>
/// <param name="logIn">Whether the client starts with a token of the main account.</param>
public abstract class ServerTests(bool logIn) : IAsyncLifetime
{
    private protected EmbeddedServer Server { get; private set; } = null!;

    private protected ServerClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await EmbeddedServer.StartAsync();
        Client = new ServerClient(Server);
        if (logIn)
        {
            await Client.LoginAsync(Server.Pbkdf2);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
