using System.Net;
using System.Text.Json.Nodes;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Writing;

/// <summary>Files that go to another company's storage.</summary>
public sealed class StorageUploadTests : IDisposable
{
    private const string Address = "https://blobs.example.org/file?sv=2024-08-04&sig=1";
    private readonly ScriptedServer _server = new();
    private readonly JsonObject _cipher;

    public StorageUploadTests()
    {
        _cipher = _server.Vault.Add("holder");
        _server.Routes[$"ciphers/{_cipher["id"]}/details"] = (_, _) => Task.FromResult(ScriptedServer.Json(_cipher.DeepClone()));
        _server.Answer("file", HttpStatusCode.Created);
        Announce(Address);
    }

    [Fact]
    public async Task StorageGetsTheFileAndNoToken()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        await AddAsync(session);
        ScriptedRequest upload = _server.Requests.Single(request => request.Uri.Host == "blobs.example.org");
        Assert.Equal((HttpMethod.Put, Address), (upload.Method, upload.Uri.ToString()));
        Assert.Equal(("BlockBlob", "2024-08-04"), (upload.Headers["x-ms-blob-type"], upload.Headers["x-ms-version"]));
        Assert.False(upload.Headers.ContainsKey("Authorization"));
        Assert.False(upload.Headers.ContainsKey("Device-Identifier"));
        Assert.True(upload.Headers.ContainsKey("Date"));
    }

    [Fact]
    public async Task FileThatTheStorageRefusesIsRemovedFromTheItem()
    {
        _server.Answer("file", HttpStatusCode.Forbidden);
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => AddAsync(session));
        Assert.Equal("blobs.example.org", failure.Host);
        Assert.Single(_server.Requests, request => request.Method == HttpMethod.Delete);
    }

    [Theory]
    [InlineData("http://blobs.example.org/file")]
    [InlineData("file:///etc/passwd")]
    [InlineData(null)]
    public async Task UnsafeAddressIsNotUsed(string? url)
    {
        Announce(url);
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        await Assert.ThrowsAsync<ServerException>(() => AddAsync(session));
        Assert.DoesNotContain(_server.Requests, request => request.Method == HttpMethod.Put);
    }

    [Theory]
    [InlineData("../../x", 0)]
    [InlineData("..", 0)]
    [InlineData("", 0)]
    [InlineData("abc", 2)]
    public async Task AnswerThatIsNotUnderstoodIsNotFollowed(string id, int type)
    {
        Announce(Address, id, type);
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        await Assert.ThrowsAnyAsync<BitwardenException>(() => AddAsync(session));
        Assert.DoesNotContain(_server.Requests, request => request.Method == HttpMethod.Put);
        Assert.Single(_server.Requests, request => request.Method == HttpMethod.Post && request.Path.StartsWith("ciphers", StringComparison.Ordinal));
    }

    public void Dispose() => _server.Dispose();

    private static Task<VaultItem> AddAsync(BitwardenSession session) =>
        session.GetWriter().Files.AddAsync(session.GetVault().Find("holder"), "a.txt", new MemoryStream([1, 2, 3]));

    // As the server does it, the item has the file from then on, until it is deleted.
    private void Announce(string? url, string id = "abc", int type = 1) => _server.Routes[$"ciphers/{_cipher["id"]}/attachment/v2"] = (request, _) =>
    {
        JsonNode announced = JsonNode.Parse(request.Body)!;
        _cipher["attachments"] = new JsonArray(
            new JsonObject { ["id"] = id, ["fileName"] = announced["fileName"]!.DeepClone(), ["key"] = announced["key"]!.DeepClone() });
        _server.Routes[$"ciphers/{_cipher["id"]}/attachment/{id}"] = (_, _) =>
        {
            _cipher["attachments"] = null;
            return Task.FromResult(ScriptedServer.Json(new JsonObject()));
        };
        return Task.FromResult(ScriptedServer.Json(new JsonObject { ["attachmentId"] = id, ["url"] = url, ["fileUploadType"] = type }));
    };
}
