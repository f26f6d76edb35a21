using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Seeding;

/// <summary>Items with keys of their own, an attachment, a place in the trash or in the archive.</summary>
internal sealed class SpecialSeeds(SeedWriter writer)
{
    internal const string AttachmentName = "cert.pfx";
    internal const int AttachmentLength = 3000;

    internal void Write()
    {
        AddKeyed("own key", "own_key_user", writer.Secret("0wn-key-pw!"), sealer => [sealer.CheckedUri("https://own-key.example.org")]);
        AddKeyed("wrong checksum", "checksum_user", writer.Secret("Chk-sum-pw!"), sealer =>
        [
            sealer.CheckedUri("https://honest.example.org"),
            sealer.CheckedUri("https://moved.example.org", checksumOf: "https://elsewhere.example.org"),
        ]);
        AddAttachment();
        writer.AddLogin("trashed", new LoginData { Username = writer.Sealer.Seal("trash_user") }, writer.Secret("Tr4shed-pw!"), adjust: Trashed);
        writer.AddLogin("archived", new LoginData { Username = writer.Sealer.Seal("archive_user") }, writer.Secret("Arch1ved-pw!"), adjust: Archived);
    }

    private static StoredCipher Trashed(StoredCipher cipher) => cipher with { DeletedDate = SeedWriter.SeedDate };

    private static StoredCipher Archived(StoredCipher cipher) => cipher with { ArchivedDate = SeedWriter.SeedDate };

    private void AddKeyed(string name, string username, string password, Func<FieldSealer, LoginUriData[]> uris)
    {
        using SymmetricKey itemKey = SymmetricKey.Generate();
        FieldSealer sealer = new(itemKey);
        LoginData login = new() { Username = sealer.Seal(username), Password = sealer.Seal(password), Uris = uris(sealer) };
        string wrapped = writer.Account.UserKey.WrapKey(itemKey).ToWireString();
        writer.Account.AddPassword(name, password);
        writer.Add(name, 1, new CipherContent { Login = login }, cipher => cipher with { Key = wrapped }, itemKey);
    }

    private void AddAttachment()
    {
        byte[] content = AttachmentContent(writer.Account);
        using SymmetricKey fileKey = SymmetricKey.Generate();
        byte[] file = fileKey.Encrypt(content).ToBuffer();
        StoredAttachment attachment = new(
            StableGuid.From("attachment", writer.Account.Email).ToString("N"),
            writer.Sealer.Seal(AttachmentName),
            writer.Account.UserKey.WrapKey(fileKey).ToWireString(),
            file.Length,
            file);
        LoginData login = new() { Username = writer.Sealer.Seal("cert_owner") };
        writer.AddLogin("with attachment", login, writer.Secret("Att4ched-pw!"), adjust: cipher => cipher with { Attachments = [attachment] });
    }

    /// <summary>3,000 bytes that look random and are the same in every run.</summary>
    internal static byte[] AttachmentContent(TestAccount account)
    {
        byte[] seed = account.UserId.ToByteArray();
        byte[] content = new byte[AttachmentLength];
        HKDF.Expand(HashAlgorithmName.SHA256, SHA256.HashData(seed), content, "cert.pfx"u8);
        return content;
    }
}
