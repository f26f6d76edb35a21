using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

public sealed class AttachmentTests : IDisposable
{
    private static readonly byte[] s_content = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
    private readonly ScriptedServer _server = new();
    private readonly SymmetricKey _itemKey = SymmetricKey.Generate();
    private readonly SymmetricKey _fileKey = SymmetricKey.Generate();

    [Fact]
    public async Task FirstGenerationUsesTheOwnersKey()
    {
        AddFile(itemKey: null, fileKey: null, _server.Vault.UserKey);
        await AssertReadAsync();
    }

    [Fact]
    public async Task FirstGenerationUsesTheOwnersKeyWhereTheItemHasOneToo()
    {
        AddFile(_itemKey, fileKey: null, _server.Vault.UserKey);
        await AssertReadAsync();
    }

    [Fact]
    public async Task SecondGenerationHasAKeyUnderTheOwners()
    {
        AddFile(itemKey: null, _fileKey, _fileKey);
        await AssertReadAsync();
    }

    [Fact]
    public async Task ThirdGenerationHasAKeyUnderTheItems()
    {
        AddFile(_itemKey, _fileKey, _fileKey);
        await AssertReadAsync();
    }

    [Fact]
    public async Task FileOfAnOrganizationIsRead()
    {
        (Guid organization, SymmetricKey key) = _server.Vault.AddOrganization("Org");
        JsonObject cipher = AddFile(itemKey: null, fileKey: null, key, key);
        cipher["organizationId"] = organization.ToString();
        await AssertReadAsync();
    }

    [Fact]
    public async Task FileIsFoundByItsIdToo()
    {
        AddFile(itemKey: null, fileKey: null, _server.Vault.UserKey);
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        using DecryptedSecret secret = await session.ReadSecretAsync("with file#attachment:file-id");
        Assert.Equal(s_content, secret.Value.Span.ToArray());
    }

    [Fact]
    public async Task NoTokenGoesToTheAddressOfTheFile()
    {
        AddFile(itemKey: null, _fileKey, _fileKey);
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        using DecryptedSecret secret = await session.ReadSecretAsync("with file#attachment:cert.pfx");
        ScriptedRequest download = _server.Requests.Single(request => request.Uri.Host == "blobs.example.org");
        Assert.False(download.Headers.ContainsKey("Authorization"));
        Assert.False(download.Headers.ContainsKey("Device-Identifier"));
    }

    [Fact]
    public async Task ChangedFileIsRefused()
    {
        AddFile(itemKey: null, _fileKey, _fileKey, content: buffer => buffer[^1] ^= 1);
        Assert.Equal("DecryptionFailed", (await FailsAsync<ItemUnreadableException>()).Code);
    }

    [Fact]
    public async Task FileWithoutAMacIsRefused()
    {
        AddFile(itemKey: null, _fileKey, _fileKey, content: buffer => buffer[0] = 0);
        Assert.Equal("UnsupportedEncryption", (await FailsAsync<ItemUnreadableException>()).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49)]
    public async Task ShortFileIsMalformed(int length)
    {
        AddFile(itemKey: null, _fileKey, _fileKey);
        AnswerFile([.. new byte[] { 2 }.Concat(new byte[64]).Take(length)]);
        ItemUnreadableException failure = await FailsAsync<ItemUnreadableException>();
        Assert.Equal(("MalformedEncString", "attachment"), (failure.Code, failure.Field));
    }

    [Theory]
    [InlineData("http://blobs.example.org/file")]
    [InlineData("ftp://blobs.example.org/file")]
    [InlineData("file:///etc/passwd")]
    [InlineData(null)]
    public async Task UnsafeAddressIsNotFollowed(string? url)
    {
        JsonObject cipher = AddFile(itemKey: null, _fileKey, _fileKey);
        AnswerAddress(cipher, url);
        ServerException failure = await FailsAsync<ServerException>();
        Assert.Equal("UnexpectedResponse", failure.Code);
        Assert.DoesNotContain(_server.Requests, request => request.Uri.Scheme != "https");
    }

    [Fact]
    public async Task WebPageInsteadOfAFileIsTold()
    {
        AddFile(itemKey: null, _fileKey, _fileKey);
        _server.Answer("file", HttpStatusCode.OK, "<html>Sign in</html>", "text/html");
        ServerException failure = await FailsAsync<ServerException>();
        Assert.Equal(("UnexpectedResponse", "blobs.example.org"), (failure.Code, failure.Host));
    }

    [Fact]
    public async Task NameThatOccursTwiceIsAmbiguous()
    {
        JsonObject cipher = AddFile(itemKey: null, _fileKey, _fileKey);
        cipher["attachments"]!.AsArray().Add(new JsonObject { ["id"] = "other", ["fileName"] = _server.Vault.Seal("CERT.pfx") });
        Assert.Equal("AmbiguousSecret", (await FailsAsync<ItemLookupException>()).Code);
    }

    [Fact]
    public async Task MissingFileTellsWhatThereIs()
    {
        AddFile(itemKey: null, _fileKey, _fileKey);
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        ItemLookupException failure = await Assert.ThrowsAsync<ItemLookupException>(() => session.ReadSecretAsync("with file#attachment:x"));
        Assert.Equal("SecretNotFound", failure.Code);
        Assert.Contains("attachment:cert.pfx", failure.Candidates);
    }

    public void Dispose()
    {
        _itemKey.Dispose();
        _fileKey.Dispose();
    }

    private JsonObject AddFile(
        SymmetricKey? itemKey, SymmetricKey? fileKey, SymmetricKey contentKey, SymmetricKey? owner = null, Action<byte[]>? content = null)
    {
        SymmetricKey key = itemKey ?? owner ?? _server.Vault.UserKey;
        JsonObject cipher = _server.Vault.Add("with file", key: key);
        cipher["key"] = itemKey is null ? null : _server.Vault.UserKey.WrapKey(itemKey).ToWireString();
        cipher["attachments"] = new JsonArray(new JsonObject
        {
            ["id"] = "file-id", ["fileName"] = _server.Vault.Seal("cert.pfx", key), ["key"] = fileKey is null ? null : key.WrapKey(fileKey).ToWireString(),
        });
        byte[] buffer = contentKey.Encrypt(s_content).ToBuffer();
        content?.Invoke(buffer);
        AnswerFile(buffer);
        AnswerAddress(cipher, "https://blobs.example.org/file?sig=1");
        return cipher;
    }

    private void AnswerAddress(JsonObject cipher, string? url) => _server.Routes[$"ciphers/{cipher["id"]}/attachment/file-id"] = (_, _) =>
    {
        JsonObject answer = cipher["attachments"]![0]!.DeepClone().AsObject();
        answer["url"] = url;
        return Task.FromResult(ScriptedServer.Json(answer));
    };

    private void AnswerFile(byte[] buffer) => _server.Routes["file"] = (_, _) =>
    {
        HttpResponseMessage response = new(HttpStatusCode.OK) { Content = new ByteArrayContent(buffer) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return Task.FromResult(response);
    };

    private async Task AssertReadAsync()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        using DecryptedSecret secret = await session.ReadSecretAsync("with file#attachment:cert.pfx");
        Assert.True(secret.IsFile);
        Assert.Equal(s_content, secret.Value.Span.ToArray());
    }

    private async Task<T> FailsAsync<T>()
        where T : BitwardenException
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        return await Assert.ThrowsAsync<T>(() => session.ReadSecretAsync("with file#attachment:cert.pfx"));
    }
}
