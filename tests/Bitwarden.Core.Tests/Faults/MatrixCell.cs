using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Raw;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.Core.Tests.Faults;

/// <summary>One endpoint under one fault: a server, an account and a client of its own.</summary>
internal sealed class MatrixCell : IDisposable
{
    internal const string ConnectorPath = "user-keys";

    /// <summary>The most that a sync or a file may have here, so that answers without an end are cut soon.</summary>
    internal const int LargestAnswer = 16 * 1024 * 1024;

    private const string WrittenSecret = "wr1tten-s3cret";
    private static readonly Uri s_connector = new("https://keys.example.org/");
    private readonly Rerouting _network;

    /// <param name="swiftness">How many times as fast the clock runs.</param>
    internal MatrixCell(int swiftness)
    {
        _network = new Rerouting(Raw.Server.Url);
        Options = new ConnectionOptions { TimeProvider = new SwiftTimeProvider(swiftness), LargestAnswer = LargestAnswer, MessageHandler = _network };
        Raw.Scripted.Routes["two-factor/send-email-login"] = (_, _) => Task.FromResult(ScriptedServer.Json(null));
        Raw.Scripted.Routes["accounts/resend-new-device-otp"] = (_, _) => Task.FromResult(ScriptedServer.Json(null));
        Raw.Scripted.Routes[ConnectorPath] = (_, _) => Task.FromResult(ScriptedServer.Json(new JsonObject { ["key"] = s_masterKey.Value }));
        Raw.Scripted.Routes["accounts/rotate-api-key"] = Raw.Scripted.Routes["accounts/api-key"];
    }

    private static readonly Lazy<string> s_masterKey = new(() =>
    {
        using MasterKey key = MasterKey.Derive(Encoding.UTF8.GetBytes(ScriptedVault.Password), ScriptedVault.Email, ScriptedVault.QuickKdf);
        using SecretBytes bytes = key.CopyBytes();
        return Convert.ToBase64String(bytes.Span);
    });

    internal RawSession Raw { get; } = new();

    internal ConnectionOptions Options { get; }

    private JsonObject Item => Raw.Scripted.Vault.Ciphers[0]!.AsObject();

    internal BitwardenSession? Session { get; private set; }

    internal PasswordLogin? Login { get; private set; }

    /// <summary>Sends the requests to a path to a port where nobody listens.</summary>
    internal void Refuse(string path) => _network.Refused = path;

    internal async Task ConnectAsync(CancellationToken cancel)
    {
        using SecretBytes secret = SecretBytes.FromCharacters(ScriptedServer.ClientSecret);
        ApiKeyCredential key = ApiKeyCredential.Create($"user.{ScriptedServer.UserId}", secret);
        Session = await BitwardenSession.ConnectAsync(key, Raw.Server.Environment, Options, new SessionOptions(), cancel);
    }

    internal async Task ConnectUnlockedAsync()
    {
        await ConnectAsync(default);
        await ScriptedServer.UnlockAsync(Session!);
    }

    /// <summary>Connects with a token that runs out at once.</summary>
    internal async Task ConnectBrieflyAsync()
    {
        Raw.Scripted.Token["expires_in"] = 1;
        await ConnectAsync(default);
        await Task.Delay(TimeSpan.FromSeconds(1), Options.TimeProvider);
        Raw.Scripted.Token["expires_in"] = 3600;
    }

    internal async Task BeginLoginAsync(CancellationToken cancel)
    {
        using SecretBytes password = SecretBytes.FromCharacters(ScriptedVault.Password);
        Login = await PasswordLogin.BeginAsync(ScriptedVault.Email, password, Raw.Server.Environment, Options, cancel);
    }

    internal async Task ReadFileAsync(CancellationToken cancel)
    {
        using DecryptedSecret file = await Session!.ReadSecretAsync(RawSession.File, cancel);
    }

    internal async Task GetApiKeyAsync(bool rotate, CancellationToken cancel)
    {
        using SecretBytes password = SecretBytes.FromCharacters(ScriptedVault.Password);
        await Session!.GetApiKeyAsync(rotate, password, cancel);
    }

    /// <summary>The path of the item that <see cref="ChangeItemAsync"/> changes.</summary>
    internal string ItemPath => $"ciphers/{Item["id"]}";

    internal Task CreateItemAsync(CancellationToken cancel)
    {
        Answer("ciphers", Guid.NewGuid().ToString());
        ItemEdit edit = new() { Name = "new" };
        edit.Set("password", SecretBytes.FromCharacters(WrittenSecret));
        return Session!.GetWriter().Items.CreateAsync(ItemType.Login, edit, cancel);
    }

    internal Task ChangeItemAsync(CancellationToken cancel)
    {
        Answer(ItemPath, Item["id"]!.GetValue<string>());
        Raw.Scripted.Routes[ItemPath + "/details"] = (_, _) => Task.FromResult(ScriptedServer.Json(Item.DeepClone()));
        ItemEdit edit = new();
        edit.Set("notes", SecretBytes.FromCharacters(WrittenSecret));
        VaultItem item = Session!.GetVault().TryFind(Guid.Parse(Item["id"]!.GetValue<string>()))!;
        return Session.GetWriter().Items.UpdateAsync(item, edit, force: false, cancel);
    }

    // The item that was sent, as a server keeps it.
    private void Answer(string path, string id) => Raw.Scripted.Routes[path] = (request, _) =>
    {
        JsonObject item = JsonNode.Parse(request.Body)!.AsObject();
        item["id"] = id;
        item["revisionDate"] = "2026-01-02T03:04:05Z";
        return Task.FromResult(ScriptedServer.Json(item));
    };

    internal Task AskConnectorAsync(CancellationToken cancel) => Session!.UnlockWithKeyConnectorAsync(s_connector, cancel);

    /// <summary>What must not stand in any text: secrets as they are known, and as they were sent.</summary>
    internal IEnumerable<string> Secrets()
    {
        yield return ScriptedServer.ClientSecret;
        yield return ScriptedVault.Password;
        yield return WrittenSecret;
        foreach (ScriptedRequest request in Raw.Scripted.Requests)
        {
            foreach (string field in request.Body.Split('&').Where(field => field.StartsWith("password=", StringComparison.Ordinal)))
            {
                yield return WebUtility.UrlDecode(field["password=".Length..]);
            }

            if (request.Headers.TryGetValue("Authorization", out string? token))
            {
                yield return token["Bearer ".Length..];
            }
        }
    }

    public void Dispose()
    {
        Session?.Dispose();
        Login?.Dispose();
        _network.Close();
        Raw.Dispose();
    }

    /// <summary>The real transport, with a Key Connector and a closed port within reach.</summary>
    private sealed class Rerouting(Uri server) : DelegatingHandler(ServerTransport.Create(new ConnectionOptions()))
    {
        internal string? Refused { get; set; }

        internal void Close() => base.Dispose(disposing: true);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Uri target = request.RequestUri!.Host == s_connector.Host ? new Uri(server, request.RequestUri.PathAndQuery) : request.RequestUri;
            bool isRefused = Refused is not null && target.AbsolutePath.EndsWith(Refused, StringComparison.Ordinal);
            request.RequestUri = isRefused ? new Uri($"http://127.0.0.1:{ClosedPort()}{target.PathAndQuery}") : target;
            return base.SendAsync(request, cancellationToken);
        }

        private static int ClosedPort()
        {
            using TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
