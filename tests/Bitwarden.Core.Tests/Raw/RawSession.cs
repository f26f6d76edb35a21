using System.Text.Json.Nodes;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;

namespace Bitwarden.Core.Tests.Raw;

/// <summary>An account with one file behind a <see cref="RawServer"/>, and the real transport in front of it.</summary>
internal sealed class RawSession : IDisposable
{
    internal const string FileName = "f.bin";
    internal const string File = "with file#attachment:" + FileName;
    internal const string FilePath = "file";
    private readonly Guid _item;

    internal RawSession(int fileLength = 1000)
    {
        Server = new RawServer(Scripted);
        Content = new byte[fileLength];
        JsonObject cipher = Scripted.Vault.Add("with file");
        _item = Guid.Parse((string)cipher["id"]!);
        using SymmetricKey fileKey = SymmetricKey.Generate();
        byte[] encrypted = fileKey.Encrypt(Content).ToBuffer();
        JsonObject file = new()
        {
            ["id"] = "f", ["fileName"] = Scripted.Vault.Seal(FileName),
            ["key"] = Scripted.Vault.UserKey.WrapKey(fileKey).ToWireString(), ["size"] = $"{encrypted.Length}",
        };
        cipher["attachments"] = new JsonArray(file.DeepClone());
        file["url"] = new Uri(Server.Url, FilePath).AbsoluteUri;
        Scripted.Routes[AttachmentPath] = (_, _) => Task.FromResult(ScriptedServer.Json(file));
        Scripted.Routes[FilePath] = (_, _) => Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(encrypted) });
        Scripted.Routes["accounts/api-key"] = (_, _) => Task.FromResult(ScriptedServer.Json(new JsonObject { ["apiKey"] = ScriptedServer.ClientSecret }));
    }

    internal ScriptedServer Scripted { get; } = new();

    internal RawServer Server { get; }

    internal byte[] Content { get; }

    internal string AttachmentPath => $"ciphers/{_item}/attachment/f";

    internal async Task<BitwardenSession> ConnectAsync(ConnectionOptions? options = null)
    {
        using SecretBytes secret = SecretBytes.FromCharacters(ScriptedServer.ClientSecret);
        return await BitwardenSession.ConnectAsync(
            ApiKeyCredential.Create($"user.{ScriptedServer.UserId}", secret), Server.Environment, options ?? new ConnectionOptions(), new SessionOptions());
    }

    internal async Task<BitwardenSession> ConnectUnlockedAsync(ConnectionOptions? options = null)
    {
        BitwardenSession session = await ConnectAsync(options);
        await ScriptedServer.UnlockAsync(session);
        return session;
    }

    public void Dispose() => Server.Dispose();
}
