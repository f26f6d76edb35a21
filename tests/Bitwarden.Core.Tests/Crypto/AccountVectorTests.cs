using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Vectors;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto;

/// <summary>The groups account, rsa, attachment, cose-key (V1) and uri of vectors.json; each test bears the name of its row.</summary>
public sealed class AccountVectorTests
{
    [Fact(DisplayName = "account-v1-end-to-end")]
    public void AccountV1EndToEnd()
    {
        JsonElement row = VectorFile.Row("account-v1-end-to-end");
        byte[] password = Encoding.UTF8.GetBytes(row.Input("password"));
        using MasterKey master = MasterKey.Derive(password, row.Input("email"), new KdfSettings(KdfType.Pbkdf2Sha256, row.Number("iterations")));
        AssertHex(row.Expected("master_key_hex"), master.CopyBytes());
        Assert.Equal(row.Expected("server_hash_b64"), master.DerivePasswordHash(password, PasswordHashPurpose.ServerAuthorization).RevealText());
        Assert.Equal(row.Expected("local_hash_b64"), master.DerivePasswordHash(password, PasswordHashPurpose.LocalAuthorization).RevealText());

        using SymmetricKey userKey = master.UnwrapUserKey(EncString.Parse(row.Input("master_key_wrapped_user_key")));
        AssertBase64(row.Expected("user_key_b64"), userKey.CopyBytes());
        using SecretBytes pkcs8 = userKey.Decrypt(EncString.Parse(row.Input("wrapped_private_key")));
        Assert.Equal(row.Expected("private_key_pkcs8_sha256"), Convert.ToHexString(SHA256.HashData(pkcs8.Span)).ToLowerInvariant());

        using RsaKeyPair pair = RsaKeyPair.FromPkcs8(pkcs8.Span);
        Assert.Equal(row.Expected("public_key_spki_b64"), Convert.ToBase64String(pair.ExportPublicKey()));
        using SymmetricKey organizationKey = pair.UnwrapKey(EncString.Parse(row.Input("organization_key")));
        AssertBase64(row.Expected("organization_key_b64"), organizationKey.CopyBytes());
        using SecretBytes organizationPkcs8 = organizationKey.Decrypt(EncString.Parse(row.Input("organization_wrapped_private_key")));
        using RsaKeyPair organizationPair = RsaKeyPair.FromPkcs8(organizationPkcs8.Span);
    }

    [Fact]
    public void KeyRingOpensTheWholeTree()
    {
        JsonElement row = VectorFile.Row("account-v1-end-to-end");
        Guid organization = Guid.Parse(row.Input("organization_id"));
        using KeyRing ring = new(new SymmetricKey(Convert.FromBase64String(row.Expected("user_key_b64"))));
        Assert.Equal("DecryptionFailed", Assert.Throws<EncryptionException>(() => ring.KeyFor(organization)).Code);
        ring.AddPrivateKey(EncString.Parse(row.Input("wrapped_private_key")));
        ring.AddOrganizationKey(organization, EncString.Parse(row.Input("organization_key")));
        AssertBase64(row.Expected("organization_key_b64"), ring.KeyFor(organization).CopyBytes());
        Assert.Same(ring.UserKey, ring.KeyFor(null));
    }

    [Fact(DisplayName = "account-legacy-type0-user-key")]
    public void LegacyType0UserKey()
    {
        JsonElement row = VectorFile.Row("account-legacy-type0-user-key");
        using MasterKey master = MasterKey.Derive(
            Encoding.UTF8.GetBytes(row.Input("password")), row.Input("email"), new KdfSettings(KdfType.Pbkdf2Sha256, row.Number("iterations")));
        AssertHalves(row, master);
    }

    [Fact(DisplayName = "type0-user-key-raw")]
    public void Type0UserKeyRaw()
    {
        JsonElement row = VectorFile.Row("type0-user-key-raw");
        using MasterKey master = MasterKey.FromBytes(Convert.FromBase64String(row.Input("master_key_b64")));
        AssertHalves(row, master);
    }

    [Fact(DisplayName = "account-v2-end-to-end (recognised, unsupported)")]
    public void AccountV2IsRecognisedAndUnsupported()
    {
        byte[] coseKey = Convert.FromBase64String(VectorFile.Row("account-v2-end-to-end").Input("user_key_b64"));
        EncryptionException error = Assert.Throws<EncryptionException>(() => new SymmetricKey([.. coseKey, .. new byte[2]]));
        Assert.Equal("UnsupportedEncryption", error.Code);
    }

    [Theory]
    [InlineData(EncStringType.CoseEncrypt0)]
    [InlineData(EncStringType.RsaOaepSha1)]
    public void OtherTypesDoNotBelongUnderAMasterKey(EncStringType type)
    {
        using MasterKey master = MasterKey.FromBytes(new byte[32]);
        EncryptionException error = Assert.Throws<EncryptionException>(() => master.UnwrapUserKey(EncString.Parse($"{(int)type}.QUJD")));
        Assert.Equal("UnsupportedEncryption", error.Code);
    }

    [Theory(DisplayName = "rsa-oaep-shared-key-types-3-4-6")]
    [InlineData("type3")]
    [InlineData("type4")]
    [InlineData("type6")]
    public void RsaOaepSharedKey(string member)
    {
        JsonElement row = VectorFile.Row("rsa-oaep-shared-key-types-3-4-6");
        using RsaKeyPair pair = RsaKeyPair.FromPkcs8(Convert.FromBase64String(row.Input("private_key_pkcs8_b64")));
        using SymmetricKey key = pair.UnwrapKey(EncString.Parse(row.Input(member)));
        AssertBase64(row.Expected("symmetric_key_b64"), key.CopyBytes());
        Assert.Equal(row.Expected("public_key_spki_b64"), Convert.ToBase64String(pair.ExportPublicKey()));
    }

    [Fact]
    public void Type5IsType3WithAMacThatIsIgnored()
    {
        JsonElement row = VectorFile.Row("rsa-oaep-shared-key-types-3-4-6");
        using RsaKeyPair pair = RsaKeyPair.FromPkcs8(Convert.FromBase64String(row.Input("private_key_pkcs8_b64")));
        using SymmetricKey key = pair.UnwrapKey(EncString.Parse($"5.{row.Input("type3")[2..]}|AA=="));
        AssertBase64(row.Expected("symmetric_key_b64"), key.CopyBytes());
    }

    [Fact(DisplayName = "rsa-oaep-sha1-decrypt")]
    public void RsaOaepSha1Decrypt()
    {
        JsonElement row = VectorFile.Row("rsa-oaep-sha1-decrypt");
        string pkcs8 = VectorFile.Row("rsa-oaep-shared-key-types-3-4-6").Input("private_key_pkcs8_b64");
        using RsaKeyPair pair = RsaKeyPair.FromPkcs8(Convert.FromBase64String(pkcs8));
        using SecretBytes plain = pair.Decrypt(EncString.Parse("4." + row.Input("ciphertext_b64")));
        Assert.Equal(row.Expected("plaintext"), plain.RevealText());
    }

    [Fact(DisplayName = "attachment-v3-cipher-key")]
    public void AttachmentV3CipherKey()
    {
        JsonElement row = VectorFile.Row("attachment-v3-cipher-key");
        using SymmetricKey userKey = new(Convert.FromBase64String(row.Input("user_key_b64")));
        using SymmetricKey cipherKey = userKey.UnwrapKey(EncString.Parse(row.Input("cipher_key")));
        AssertBase64(row.Expected("cipher_key_b64"), cipherKey.CopyBytes());
        using SymmetricKey attachmentKey = cipherKey.UnwrapKey(EncString.Parse(row.Input("attachment_key")));
        AssertBase64(row.Expected("plaintext_b64"), attachmentKey.Decrypt(EncString.ParseBuffer(Convert.FromBase64String(row.Input("file_b64")))));
    }

    [Fact(DisplayName = "attachment-v1-no-key")]
    public void AttachmentV1NoKey()
    {
        JsonElement row = VectorFile.Row("attachment-v1-no-key");
        using SymmetricKey userKey = new(Convert.FromBase64String(row.Input("user_key_b64")));
        AssertBase64(row.Expected("plaintext_b64"), userKey.Decrypt(EncString.ParseBuffer(Convert.FromBase64String(row.Input("file_b64")))));
    }

    [Fact(DisplayName = "attachment-stream")]
    public void AttachmentStream()
    {
        JsonElement row = VectorFile.Row("attachment-stream");
        using SymmetricKey key = new([.. Convert.FromHexString(row.Input("enc_key_hex")), .. Convert.FromHexString(row.Input("mac_key_hex"))]);
        byte[] stored = [0x02, .. Convert.FromBase64String(row.Input("stream_without_type_byte_b64"))];
        Assert.Equal(row.Expected("plaintext_utf8"), key.DecryptText(EncString.ParseBuffer(stored)));
    }

    [Fact(DisplayName = "key-id-aes256cbc-hmac")]
    public void KeyIdAes256CbcHmac()
    {
        JsonElement row = VectorFile.Row("key-id-aes256cbc-hmac");
        using SymmetricKey key = new(Convert.FromHexString(row.Input("key_hex")));
        Assert.Equal(row.Expected("key_id_hex"), key.DeriveKeyId());
    }

    [Fact(DisplayName = "uri-checksum")]
    public void UriChecksum()
    {
        JsonElement row = VectorFile.Row("uri-checksum");
        Assert.Equal(row.Expected("checksum_b64"), Core.Vault.UriChecksum.Compute(row.Input("uri")));
    }

    private static void AssertHalves(JsonElement row, MasterKey master)
    {
        using SymmetricKey userKey = master.UnwrapUserKey(EncString.Parse(row.Input("master_key_wrapped_user_key")));
        AssertHex(row.Expected("enc_key_hex") + row.Expected("mac_key_hex"), userKey.CopyBytes());
    }

    private static void AssertHex(string expected, SecretBytes actual) => Assert.Equal(expected, Convert.ToHexString(actual.Span).ToLowerInvariant());

    private static void AssertBase64(string expected, SecretBytes actual) => Assert.Equal(expected, Convert.ToBase64String(actual.Span));
}
