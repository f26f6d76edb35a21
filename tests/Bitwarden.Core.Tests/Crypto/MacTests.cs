using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto;

/// <summary>
/// One bit of a MAC is wrong and everything else is right, wherever there is a MAC. Any other change would be noticed without it too, by the padding or by
/// what is inside.
/// </summary>
public sealed class MacTests : IDisposable
{
    private const int MacInBuffer = 1 + EncString.IvLength;
    private readonly ScriptedServer _server = new();
    private readonly SymmetricKey _itemKey = SymmetricKey.Generate();
    private readonly SymmetricKey _fileKey = SymmetricKey.Generate();

    public void Dispose()
    {
        _itemKey.Dispose();
        _fileKey.Dispose();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task OfAFile(bool hasItemKey, bool hasFileKey)
    {
        AddFile(hasItemKey, hasFileKey, flipContent: true);
        await AssertFileRefusedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OfAFilesKey(bool hasItemKey)
    {
        JsonObject cipher = AddFile(hasItemKey, hasFileKey: true, flipContent: false);
        Flip(cipher["attachments"]![0]!.AsObject(), "key");
        await AssertFileRefusedAsync();
    }

    [Fact]
    public async Task OfAnItemsKey()
    {
        JsonObject cipher = AddFile(hasItemKey: true, hasFileKey: true, flipContent: false);
        cipher["key"] = Flip((string)cipher["key"]!);
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        Assert.Equal("DecryptionFailed", session.GetVault().Items[0].NameProblem?.Code);
    }

    [Fact]
    public void OfTheWrappedPrivateKey()
    {
        using SymmetricKey userKey = SymmetricKey.Generate();
        using RsaKeyPair pair = RsaKeyPair.Generate();
        using SecretBytes pkcs8 = pair.ExportPkcs8();
        using SecretBytes copy = userKey.CopyBytes();
        using KeyRing ring = new(new SymmetricKey(copy.Span));
        string wrapped = userKey.Encrypt(pkcs8.Span).ToWireString();
        AssertRefused(() => ring.AddPrivateKey(EncString.Parse(Flip(wrapped))));
        ring.AddPrivateKey(EncString.Parse(wrapped));
    }

    [Fact]
    public async Task OfTheWrappedPrivateKeyOfAnAccount()
    {
        (Guid organization, SymmetricKey key) = _server.Vault.AddOrganization("Org");
        _server.Vault.Add("shared", key: key)["organizationId"] = organization.ToString();
        Flip(_server.Vault.Profile, "privateKey");
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        Assert.Equal("DecryptionFailed", session.GetVault().Items[0].NameProblem?.Code);
    }

    [Fact]
    public void OfTheWrappedUserKey()
    {
        using MasterKey master = MasterKey.FromBytes(new byte[MasterKey.Length]);
        string wrapped = master.WrapUserKey(_itemKey).ToWireString();
        AssertRefused(() => master.UnwrapUserKey(EncString.Parse(Flip(wrapped))));
        master.UnwrapUserKey(EncString.Parse(wrapped)).Dispose();
    }

    [Fact]
    public async Task OfAnExportedSession()
    {
        using BitwardenSession original = await _server.ConnectUnlockedAsync(TimeProvider.System);
        using SecretBytes exported = await original.ExportAsync(withUserKey: true);
        byte[] whole = Convert.FromBase64String(exported.RevealText()["bws1.".Length..]);
        whole[SymmetricKey.Length + MacInBuffer] ^= 1;
        using SecretBytes changed = SecretBytes.FromCharacters("bws1." + Convert.ToBase64String(whole));
        ConnectionOptions options = new() { MessageHandler = _server };
        InvalidInputException failure = await Assert.ThrowsAsync<InvalidInputException>(
            () => BitwardenSession.ImportAsync(changed, null, options, new SessionOptions()));
        Assert.Equal("InvalidSessionToken", failure.Code);
        using BitwardenSession imported = await BitwardenSession.ImportAsync(exported, null, options, new SessionOptions());
    }

    private static void AssertRefused(Action open) => Assert.Equal("DecryptionFailed", Assert.Throws<EncryptionException>(open).Code);

    private static string Flip(string wire)
    {
        byte[] buffer = EncString.Parse(wire).ToBuffer();
        buffer[MacInBuffer] ^= 1;
        return EncString.ParseBuffer(buffer).ToWireString();
    }

    private static void Flip(JsonObject owner, string member) => owner[member] = Flip((string)owner[member]!);

    private async Task AssertFileRefusedAsync()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        ItemUnreadableException failure = await Assert.ThrowsAsync<ItemUnreadableException>(() => session.ReadSecretAsync("with file#attachment:cert.pfx"));
        Assert.Equal("DecryptionFailed", failure.Code);
    }

    private JsonObject AddFile(bool hasItemKey, bool hasFileKey, bool flipContent)
    {
        SymmetricKey key = hasItemKey ? _itemKey : _server.Vault.UserKey;
        JsonObject cipher = _server.Vault.Add("with file", key: key);
        cipher["key"] = hasItemKey ? _server.Vault.UserKey.WrapKey(_itemKey).ToWireString() : null;
        cipher["attachments"] = new JsonArray(new JsonObject
        {
            ["id"] = "file-id", ["fileName"] = _server.Vault.Seal("cert.pfx", key), ["key"] = hasFileKey ? key.WrapKey(_fileKey).ToWireString() : null,
        });
        byte[] content = (hasFileKey ? _fileKey : key).Encrypt(new byte[100]).ToBuffer();
        content[MacInBuffer] ^= (byte)(flipContent ? 1 : 0);
        Answer(cipher, content);
        return cipher;
    }

    private void Answer(JsonObject cipher, byte[] content)
    {
        _server.Routes[$"ciphers/{cipher["id"]}/attachment/file-id"] = (_, _) =>
        {
            JsonObject answer = cipher["attachments"]![0]!.DeepClone().AsObject();
            answer["url"] = "https://blobs.example.org/file";
            return Task.FromResult(ScriptedServer.Json(answer));
        };
        _server.Routes["file"] = (_, _) =>
        {
            HttpResponseMessage response = new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return Task.FromResult(response);
        };
    }
}
