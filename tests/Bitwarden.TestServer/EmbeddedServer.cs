using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bitwarden.TestServer.Api;
using Bitwarden.TestServer.Identity;
using Bitwarden.TestServer.Seeding;

namespace Bitwarden.TestServer;

/// <summary>
/// A Bitwarden-compatible server on loopback that checks what the official server checks. Several can run in one process.
/// </summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<int, bool> s_ports = new();
    private readonly ServerContext _context;
    private readonly DirectoryInfo _directory;
    private readonly WebApplication _application;
    private int _disposed;

    private EmbeddedServer(ServerContext context, DirectoryInfo directory, WebApplication application)
    {
        _context = context;
        _directory = directory;
        _application = application;
        Uri[] urls = [.. application.Urls.Select(url => new Uri(url))];
        HttpUrl = new Uri($"http://127.0.0.1:{urls.Single(url => url.Scheme == Uri.UriSchemeHttp).Port}");
        HttpsUrl = new Uri($"https://localhost:{urls.Single(url => url.Scheme == Uri.UriSchemeHttps).Port}");
    }

    /// <summary>http://127.0.0.1:port, without a path.</summary>
    public Uri HttpUrl { get; }

    /// <summary>https://localhost:port; the certificate is good for localhost and the loopback addresses.</summary>
    public Uri HttpsUrl { get; }

    /// <summary>The authority that signed the certificate, as a PEM file that goes away with the server.</summary>
    public string CertificateAuthorityPath => Path.Combine(_directory.FullName, ServerBuilder.AuthorityFileName);

    /// <summary>The main account: PBKDF2 with 600,000 rounds.</summary>
    public TestAccount Pbkdf2 => Known(AccountProfile.Pbkdf2);

    /// <summary>The same vault under Argon2id with 64 MiB, 3 passes, 4 lanes.</summary>
    public TestAccount Argon2id => Known(AccountProfile.Argon2id);

    /// <summary>weak@example.org: PBKDF2 with 100,000 rounds, e-mail not verified, not premium; one item, small-sql.</summary>
    public TestAccount Weak => Known(AccountProfile.Weak);

    /// <summary>keyconnector@example.org: no master password; unlocked through this server's Key Connector. small-sql and an organization.</summary>
    public TestAccount KeyConnector => Known(AccountProfile.KeyConnector);

    /// <summary>tde@example.org: no master password and no wrapped user key, as with trusted devices only.</summary>
    public TestAccount TrustedDevice => Known(AccountProfile.TrustedDevice);

    /// <summary>All accounts; the third is the large one, if there is one. Makes those that nobody asked for yet.</summary>
    public IReadOnlyList<TestAccount> Accounts => _context.Accounts.All;

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults => _context.Faults;

    /// <summary>What clients asked.</summary>
    public RequestLog Requests => _context.Requests;

    /// <summary>What time it is for the server.</summary>
    public ServerClock Clock => _context.Clock;

    /// <summary>How many token requests a minute are taken before 429; null for any number.</summary>
    public int? TokenRequestsPerMinute
    {
        get => _context.TokenRate.PerMinute;
        set => _context.TokenRate.PerMinute = value;
    }

    /// <summary>The address of the Key Connector, which is on this server.</summary>
    public Uri KeyConnectorUrl => new(_context.KeyConnectorUrl);

    /// <summary>The lifetime of tokens that will be issued.</summary>
    public TimeSpan TokenLifetime
    {
        get => _context.Tokens.Lifetime;
        set => _context.Tokens.Lifetime = value;
    }

    /// <summary>Starts a server on free ports, or on those of the options.</summary>
    public static async Task<EmbeddedServer> StartAsync(EmbeddedServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmbeddedServerOptions();
        ServerClock clock = new(options.TimeProvider);
        Task<AccountDirectory> accounts = AccountSeeder.CreateAsync(options, clock);
        AccessTokenSigner signer = new(await SlowKeys.TokenSigningKeyAsync());
        EmbeddedServer server = await ListenAsync(new ServerContext(options, clock, await accounts, signer), cancellationToken);
        server._context.Describe = () => ServerInfo.Of(server);
        server._context.KeyConnectorUrl = new Uri(server.HttpsUrl, KeyConnectorEndpoint.Prefix).AbsoluteUri;
        return server;
    }

    /// <summary>Adds a login as if its owner had saved it elsewhere just now; a folder that is missing is made.</summary>
    public Guid AddItem(TestAccount account, string name, string? username, string? password, string? folder = null) =>
        AccountSeeder.AddLogin(account, name, username, password, folder);

    /// <summary>Adds a login, "broken", whose password fails its MAC.</summary>
    public Guid AddBrokenItem(TestAccount account) => AccountSeeder.AddBroken(account);

    /// <summary>Makes the account a confirmed member of a new organization.</summary>
    public Guid AddOrganization(TestAccount account, string name) => OrganizationSeeder.AddOrganization(account, name);

    /// <summary>Gives the account a collection of an organization; without rights named, all of them.</summary>
    public Guid AddCollection(TestAccount account, Guid organization, string name, CollectionRights? rights = null) =>
        OrganizationSeeder.AddCollection(account, organization, name, rights ?? new CollectionRights());

    /// <summary>Adds a login to collections of one organization. What the account may do with it follows from them.</summary>
    public Guid AddSharedItem(TestAccount account, string name, string? username, string? password, params Guid[] collections) =>
        OrganizationSeeder.AddLogin(account, name, username, password, collections);

    /// <summary>Turns a policy of an organization on or off: 5 keeps items out of the personal vault, 2 has rules for generators.</summary>
    public void SetPolicy(TestAccount account, Guid organization, int type, bool enabled = true, JsonObject? data = null) =>
        OrganizationSeeder.SetPolicy(account, organization, type, enabled, data);

    /// <summary>
    /// Makes an item one of a newer server: these members, of which nothing here knows anything, are in its answers, and what a write says of unknown
    /// members takes their place. They are laid out as in an answer; a list has an object, which may be empty, for each of the item's entries.
    /// </summary>
    public void AddUnknownMembers(TestAccount account, Guid item, JsonObject members) => OrganizationSeeder.AddUnknownMembers(account, item, members);

    /// <summary>Adds a file of the oldest form, without a key of its own, to a personal item. Gives its id.</summary>
    public string AddOldFile(TestAccount account, Guid item, string name, byte[] content) => OldFileSeeder.Add(account, item, name, content);

    /// <summary>Makes every access and refresh token of an account invalid.</summary>
    public void RevokeTokens(TestAccount account) => _context.Tokens.Revoke(account);

    /// <summary>Stops listening, ends hanging requests, removes the temporary folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _context.Further.DisposeAsync();
            await _application.StopAsync();
            await _application.DisposeAsync();
            _directory.Delete(recursive: true);
        }
    }

    private TestAccount Known(AccountProfile profile) => _context.Accounts.Find(profile.Email)!;

    // A client of the same process remembers servers by their address: one that stopped must not come back as another.
    private static async Task<EmbeddedServer> ListenAsync(ServerContext context, CancellationToken cancellationToken)
    {
        while (true)
        {
            EmbeddedServer server = await ListenOnceAsync(context, cancellationToken);
            bool isNew = s_ports.TryAdd(server.HttpUrl.Port, true) & s_ports.TryAdd(server.HttpsUrl.Port, true);
            if (isNew || context.Options.HttpPort is not null || context.Options.HttpsPort is not null)
            {
                return server;
            }

            await server.DisposeAsync();
        }
    }

    private static async Task<EmbeddedServer> ListenOnceAsync(ServerContext context, CancellationToken cancellationToken)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("bw-test-server-");
        WebApplication application = ServerBuilder.Build(context, directory);
        try
        {
            await application.StartAsync(cancellationToken);
            return new EmbeddedServer(context, directory, application);
        }
        catch
        {
            await application.DisposeAsync();
            directory.Delete(recursive: true);
            throw;
        }
    }
}
