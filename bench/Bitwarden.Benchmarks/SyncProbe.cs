using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Bitwarden.Benchmarks;

/// <summary>For Probes/Size.ps1, which loads this assembly into pwsh: the sync request by itself, without the module.</summary>
public sealed class SyncProbe : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Logs in with what the environment says.</summary>
    public SyncProbe()
    {
        X509Certificate2Collection authority = [];
        authority.ImportFromPemFile(Setting("BENCH_CA"));
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authority);
        SocketsHttpHandler handler = new() { SslOptions = { CertificateChainPolicy = policy } };
        _http = new HttpClient(handler) { BaseAddress = new Uri(Setting("BW_SERVER")), Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Add("Bitwarden-Client-Version", "2026.6.0");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token());
    }

    /// <summary>Fetches the whole account into memory, and gives its length.</summary>
    public int Fetch() => _http.GetByteArrayAsync("/api/sync?excludeDomains=true").GetAwaiter().GetResult().Length;

    /// <summary>Has the server add an item, as if another client had.</summary>
    public void ChangeOneItem() => Ensure(_http.PostAsJsonAsync(
        $"/_test/accounts/{Setting("BENCH_ACCOUNT")}/items", new { Name = Guid.NewGuid(), Username = "new", Password = "new" }));

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private string? Token()
    {
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = "api",
            ["client_id"] = Setting("BW_CLIENTID"),
            ["client_secret"] = Setting("BW_CLIENTSECRET"),
            ["deviceType"] = "25",
            ["deviceIdentifier"] = Guid.NewGuid().ToString(),
            ["deviceName"] = "bench",
        });
        return Ensure(_http.PostAsync("/identity/connect/token", form)).GetProperty("access_token").GetString();
    }

    private static JsonElement Ensure(Task<HttpResponseMessage> request)
    {
        using HttpResponseMessage response = request.GetAwaiter().GetResult();
        return response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>().GetAwaiter().GetResult();
    }

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");
}
