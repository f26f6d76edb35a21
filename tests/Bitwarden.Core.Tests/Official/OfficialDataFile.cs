using System.Text;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Official;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;

namespace Bitwarden.Core.Tests.Official;

/// <summary>A data.json as the official client would write it for a scripted vault, in a folder of its own.</summary>
internal sealed class OfficialDataFile : IDisposable
{
    internal const string LastSync = "2026-09-30T12:34:56.789Z";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bw-official-");

    internal ScriptedVault Vault { get; } = new();

    internal SymmetricKey SessionKey { get; } = SymmetricKey.Generate();

    internal string Folder => _folder.FullName;

    internal string Path => System.IO.Path.Combine(Folder, "data.json");

    internal string UserId => (string)Vault.Profile["id"]!;

    internal string ProtectedKey => $"__PROTECTED__{UserId}_user_auto";

    /// <summary>What BW_SESSION holds.</summary>
    internal string SessionKeyText => Text(SessionKey);

    internal static string Text(SymmetricKey key)
    {
        using SecretBytes bytes = key.CopyBytes();
        return Convert.ToBase64String(bytes.Span);
    }

    /// <summary>The entry that an unlock stores.</summary>
    internal static string Protect(SymmetricKey userKey, SymmetricKey sessionKey)
    {
        using SecretBytes bytes = userKey.CopyBytes();
        return Convert.ToBase64String(sessionKey.Encrypt(bytes.Span).ToBuffer());
    }

    /// <summary>The layout of the client's versions of 2026, member by member what 2026.9.0 writes.</summary>
    internal JsonObject Current() => new()
    {
        ["stateVersion"] = 85,
        ["global_environment_environment"] = new JsonObject { ["region"] = "US", ["urls"] = new JsonObject { ["base"] = null } },
        ["global_account_activeAccountId"] = UserId,
        ["global_account_accounts"] = new JsonObject
        {
            [UserId] = new JsonObject
            {
                ["name"] = "Ada", ["email"] = ScriptedVault.Email, ["emailVerified"] = true, ["creationDate"] = "2025-01-02T03:04:05.678Z",
            },
        },
        [Own("environment_environment")] = new JsonObject
        {
            ["region"] = "Self-hosted", ["urls"] = new JsonObject { ["base"] = "https://vault.example.org", ["api"] = null, ["identity"] = null },
        },
        [Own("masterPasswordUnlock_masterPasswordUnlockKey")] = new JsonObject
        {
            ["salt"] = ScriptedVault.Email,
            ["kdf"] = new JsonObject { ["iterations"] = ScriptedVault.QuickKdf.Iterations, ["kdfType"] = 0 },
            ["masterKeyWrappedUserKey"] = (string)Vault.Profile["key"]!,
        },
        [Own("kdfConfig_kdfConfig")] = new JsonObject { ["iterations"] = ScriptedVault.QuickKdf.Iterations, ["kdfType"] = 0 },
        [Own("masterPassword_masterKeyEncryptedUserKey")] = (string)Vault.Profile["key"]!,
        [Own("crypto_accountCryptographicState")] = new JsonObject { ["V1"] = new JsonObject { ["private_key"] = (string)Vault.Profile["privateKey"]! } },
        [Own("crypto_organizationKeys")] = OrganizationKeys(),
        [Own("crypto_providerKeys")] = new JsonObject(),
        [Own("keyConnector_usesKeyConnector")] = false,
        [Own("organizations_organizations")] = Organizations(),
        [Own("folder_folders")] = Map("folders"),
        [Own("collection_collections")] = Map("collections"),
        [Own("ciphers_ciphers")] = Map("ciphers"),
        [Own("sync_lastSync")] = LastSync,
        [Own("token_accessToken")] = "never read",
        [ProtectedKey] = Protect(Vault.UserKey, SessionKey),
    };

    /// <summary>The names of 2024 and 2025: the same but for the keys of the account.</summary>
    internal JsonObject Older()
    {
        JsonObject data = Current();
        data["stateVersion"] = 72;
        data.Remove(Own("masterPasswordUnlock_masterPasswordUnlockKey"));
        data.Remove(Own("crypto_accountCryptographicState"));
        data[Own("crypto_privateKey")] = (string)Vault.Profile["privateKey"]!;
        return data;
    }

    /// <summary>The layout before 2024: one object an account.</summary>
    internal JsonObject Oldest() => new()
    {
        ["stateVersion"] = 9,
        ["activeUserId"] = UserId,
        ["authenticatedAccounts"] = new JsonArray(UserId),
        ["global"] = new JsonObject { ["region"] = "US" },
        [UserId] = new JsonObject
        {
            ["profile"] = new JsonObject { ["userId"] = UserId, ["email"] = ScriptedVault.Email, ["name"] = "Ada", ["lastSync"] = LastSync },
            ["settings"] = new JsonObject { ["environmentUrls"] = new JsonObject { ["base"] = "https://vault.example.org", ["api"] = "" } },
            ["keys"] = new JsonObject
            {
                ["privateKey"] = new JsonObject { ["encrypted"] = (string)Vault.Profile["privateKey"]! },
                ["organizationKeys"] = new JsonObject { ["encrypted"] = OrganizationKeys() },
            },
            ["data"] = new JsonObject
            {
                ["ciphers"] = new JsonObject { ["encrypted"] = Map("ciphers") },
                ["folders"] = new JsonObject { ["encrypted"] = Map("folders") },
                ["collections"] = new JsonObject { ["encrypted"] = Map("collections") },
                ["organizations"] = Organizations(),
            },
            ["tokens"] = new JsonObject { ["accessToken"] = "never read" },
        },
        [ProtectedKey] = Protect(Vault.UserKey, SessionKey),
    };

    internal string Own(string name) => $"user_{UserId}_{name}";

    internal OfficialDataFile Write(JsonNode data)
    {
        File.WriteAllText(Path, data.ToJsonString());
        return this;
    }

    internal Task<BitwardenSession> ImportAsync() => ImportAsync(SessionKeyText);

    internal async Task<BitwardenSession> ImportAsync(string? sessionKey, TimeProvider? time = null, string? path = null)
    {
        using SecretBytes? key = sessionKey is null ? null : new SecretBytes(Encoding.UTF8.GetBytes(sessionKey));
        ConnectionOptions options = new()
        {
            TimeProvider = time ?? new ManualTimeProvider { SkipsUpTo = TimeSpan.FromSeconds(1) },
            MessageHandler = new NoNetwork(),
        };
        return await OfficialClientImport.ImportAsync(path ?? Path, key, options, new SessionOptions());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private JsonObject Map(string list) =>
        new(Vault.Sync[list]!.AsArray().Select(entry => KeyValuePair.Create((string)entry!["id"]!, (JsonNode?)entry.DeepClone())));

    private JsonObject Organizations() => new(Vault.Profile["organizations"]!.AsArray().Select(organization => KeyValuePair.Create(
        (string)organization!["id"]!, (JsonNode?)new JsonObject { ["id"] = (string)organization["id"]!, ["name"] = (string)organization["name"]! })));

    private JsonObject OrganizationKeys() => new(Vault.Profile["organizations"]!.AsArray().Select(organization => KeyValuePair.Create(
        (string)organization!["id"]!, (JsonNode?)new JsonObject { ["type"] = "organization", ["key"] = (string)organization["key"]! })));

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"An imported session asked for {request.RequestUri}.");
    }
}
