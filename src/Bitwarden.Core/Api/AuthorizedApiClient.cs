using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Api;

/// <summary>The calls that carry an access token: the vault, the account's API key, a Key Connector. Shares the connection of an anonymous client.</summary>
internal sealed class AuthorizedApiClient : ApiClient
{
    private readonly IAccessTokenSource _tokens;
    private readonly AnonymousApiClient _anonymous;

    internal AuthorizedApiClient(AnonymousApiClient anonymous, IAccessTokenSource tokens)
        : this(anonymous, tokens, new ServerTime(anonymous.Options.TimeProvider))
    {
    }

    private AuthorizedApiClient(AnonymousApiClient anonymous, IAccessTokenSource tokens, ServerTime clock)
        : base(anonymous.Server, anonymous.Device, anonymous.Options, new AuthorizationHandler(anonymous.Transport, tokens, clock))
    {
        _anonymous = anonymous;
        _tokens = tokens;
        Clock = clock;
    }

    /// <summary>What time it is at the server.</summary>
    internal ServerTime Clock { get; }

    /// <summary>Fetches the whole account.</summary>
    /// <param name="known">What was fetched before; null for nothing. Where nothing has changed, the answer is made of it.</param>
    /// <param name="time">Tells when it was fetched.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    internal async Task<VaultSnapshot> SyncAsync(VaultSnapshot? known, TimeProvider time, CancellationToken cancellationToken)
    {
        WorkListener.Report(WorkStage.FetchingVault);
        using HttpRequestMessage request = Request(HttpMethod.Get, new Uri(Server.Api, "sync?excludeDomains=true"));
        return await OwnCall()
            .SendBytesAsync(request, answer => SyncReader.Read(answer, time.GetUtcNow(), known), Options.LargestAnswer, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>When the account was last changed: milliseconds since 1970 on the official server, a date on some others; null if unknown.</summary>
    internal async Task<DateTimeOffset?> GetRevisionDateAsync(CancellationToken cancellationToken)
    {
        WorkListener.Report(WorkStage.FetchingVault);
        JsonElement answer = await GetAsync("accounts/revision-date", WireJson.Default.JsonElement, cancellationToken).ConfigureAwait(false);
        return answer.ValueKind switch
        {
            JsonValueKind.Number when answer.TryGetInt64(out long milliseconds) && IsDate(milliseconds) =>
                DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
            JsonValueKind.String => WireJson.DateOf(answer),
            _ => null,
        };
    }

    /// <summary>Asks for a fresh address of an attachment.</summary>
    internal Task<AttachmentRecord> GetAttachmentAsync(Guid cipherId, string attachmentId, CancellationToken cancellationToken) => GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"ciphers/{cipherId}/attachment/{Uri.EscapeDataString(attachmentId)}"),
        WireJson.Default.AttachmentRecord,
        cancellationToken);

    /// <summary>Sends a change, which is never repeated, and gives the answer as it came: an item, or nothing.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Under the API's address.</param>
    /// <param name="body">Ciphertext and ids only; null for none.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    internal async Task<byte[]> WriteAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(method, new Uri(Server.Api, path));
        request.Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") },
        };
        return await OwnCall().SendAsync(request, null, AnswerLimit.Small, ReadAllAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends an encrypted file that was announced; never repeated. A storage gets it without our token.</summary>
    /// <param name="cipherId">The item.</param>
    /// <param name="place">Where it goes.</param>
    /// <param name="fileName">Its encrypted name.</param>
    /// <param name="file">The file; can seek.</param>
    /// <param name="cancellationToken">Ends the upload at once.</param>
    internal async Task SendFileAsync(
        Guid cipherId, AttachmentUploadResponse place, string fileName, Stream file, CancellationToken cancellationToken)
    {
        WorkListener.Report(WorkStage.UploadingFile, 0, file.Length);
        if (place.FileUploadType == AttachmentUploadResponse.Storage)
        {
            await _anonymous.SendToStorageAsync(Server.FileAddress(place.Url), file, cancellationToken).ConfigureAwait(false);
            return;
        }

        using HttpRequestMessage request = Request(HttpMethod.Post, new Uri(Server.Api, $"ciphers/{cipherId}/attachment/{place.AttachmentId}"));
        request.Content = new MultipartFormDataContent { { new FileContent(file), "data", fileName } };
        await OwnCall(file.Length).SendAsync(request, null, AnswerLimit.Small, (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a file of an item.</summary>
    internal async Task RemoveFileAsync(Guid cipherId, string attachmentId, CancellationToken cancellationToken)
    {
        string id = AttachmentUploadResponse.IsPlain(attachmentId)
            ? attachmentId
            : throw ServerException.Unexpected(Server.Api.Authority, HttpStatusCode.OK, "an id of a file that cannot be one.");
        using HttpRequestMessage request = Request(HttpMethod.Delete, new Uri(Server.Api, $"ciphers/{cipherId}/attachment/{id}"));
        await OwnCall().SendAsync(request, null, AnswerLimit.Small, (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches one item with its collections.</summary>
    internal async Task<byte[]> GetCipherAsync(Guid id, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, new Uri(Server.Api, $"ciphers/{id}/details"));
        return await OwnCall().SendAsync(request, null, AnswerLimit.Small, ReadAllAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches what an organization has, as far as the account may export it.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="read">Makes something of the answer; a JsonException says that it does not have the expected form.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    internal async Task<T> GetOrganizationExportAsync<T>(Guid organizationId, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken)
    {
        WorkListener.Report(WorkStage.FetchingVault);
        using HttpRequestMessage request = Request(HttpMethod.Get, new Uri(Server.Api, $"organizations/{organizationId}/export"));
        return await OwnCall().SendBytesAsync(request, read, Options.LargestAnswer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows the account's API key, or makes a new one.</summary>
    internal Task<ApiKeyResponse> GetApiKeyAsync(bool rotate, SecretBytes masterPasswordHash, ErrorReader errors, CancellationToken cancellationToken)
    {
        HttpRequestMessage request = Request(HttpMethod.Post, new Uri(Server.Api, rotate ? "accounts/rotate-api-key" : "accounts/api-key"));
        request.Content = SecretJsonContent.Create(new PasswordVerificationRequest(masterPasswordHash), WireJson.Default.PasswordVerificationRequest);
        return ReadAsync(OwnCall(), request, WireJson.Default.ApiKeyResponse, errors, cancellationToken);
    }

    /// <summary>
    /// Asks a Key Connector for the account's key. The address was confirmed by the user: it gets our token. What it thinks of the token says nothing about
    /// the session.
    /// </summary>
    internal Task<KeyConnectorResponse> GetKeyConnectorKeyAsync(Uri connector, CancellationToken cancellationToken)
    {
        HttpRequestMessage request = Request(HttpMethod.Get, new Uri(connector.AbsoluteUri.TrimEnd('/') + "/user-keys"));
        request.Options.Set(AuthorizationHandler.IsForeign, true);
        return ReadAsync(NewCall(), request, WireJson.Default.KeyConnectorResponse, null, cancellationToken);
    }

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        ReadAsync(OwnCall(), Request(HttpMethod.Get, new Uri(Server.Api, path)), type, null, cancellationToken);

    // A call of the service that our tokens are for.
    private ServerCall OwnCall(long fileSize = 0) =>
        NewFileCall(fileSize, (host, response, body) => OwnRefusal.IsOf(response, body) ? _tokens.Refuse(host) : null);

    private static async Task<byte[]> ReadAllAsync(ServerAnswer answer, CancellationToken cancellationToken)
    {
        using MemoryStream whole = new();
        await answer.Body.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
        return whole.Length == 0 || answer.IsJson ? whole.ToArray() : throw answer.Unexpected(ServerAnswer.DescribeNotJson(answer.Response.Content));
    }

    private static bool IsDate(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}
