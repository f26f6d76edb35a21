using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Vectors;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto;

/// <summary>The groups kdf, kdf-negative and password-hash of vectors.json; each test bears the name of its row.</summary>
public sealed class KdfVectorTests
{
    [Fact(DisplayName = "pbkdf2-master-key")]
    public void Pbkdf2MasterKey() =>
        AssertMasterKey("pbkdf2-master-key", "salt", Convert.FromHexString(VectorFile.Row("pbkdf2-master-key").Expected("master_key_hex")));

    [Fact(DisplayName = "argon2id-master-key")]
    public void Argon2idMasterKey() =>
        AssertMasterKey("argon2id-master-key", "salt", Convert.FromHexString(VectorFile.Row("argon2id-master-key").Expected("master_key_hex")));

    [Theory(DisplayName = "pbkdf2")]
    [InlineData("pbkdf2-regular")]
    [InlineData("pbkdf2-utf8")]
    public void Pbkdf2(string name) => AssertMasterKey(name, "salt", Convert.FromBase64String(VectorFile.Row(name).Expected("key_b64")));

    [Fact(DisplayName = "stretch-master-key")]
    public void StretchMasterKey()
    {
        JsonElement row = VectorFile.Row("stretch-master-key");
        using MasterKey master = MasterKey.FromBytes(Convert.FromHexString(row.Input("master_key_hex")));
        using SymmetricKey stretched = master.Stretch();
        using SecretBytes bytes = stretched.CopyBytes();
        Assert.Equal(row.Expected("enc_key_hex") + row.Expected("mac_key_hex"), Convert.ToHexString(bytes.Span).ToLowerInvariant());
    }

    [Fact(DisplayName = "hkdf-expand-64")]
    public void HkdfExpand64()
    {
        JsonElement row = VectorFile.Row("hkdf-expand-64");
        byte[] okm = HKDF.Expand(
            HashAlgorithmName.SHA256, Convert.FromHexString(row.Input("prk_hex")), row.Number("length"), Encoding.UTF8.GetBytes(row.Input("info")));
        Assert.Equal(row.Expected("okm_hex"), Convert.ToHexString(okm).ToLowerInvariant());
    }

    [Fact(DisplayName = "server-password-hash-pbkdf2")]
    public void ServerPasswordHashPbkdf2()
    {
        JsonElement row = VectorFile.Row("server-password-hash-pbkdf2");
        foreach (JsonElement email in row.GetProperty("inputs").GetProperty("emails").EnumerateArray())
        {
            AssertHash(row, email.GetString()!, PasswordHashPurpose.ServerAuthorization);
        }
    }

    [Fact(DisplayName = "server-password-hash-argon2id")]
    public void ServerPasswordHashArgon2id()
    {
        JsonElement row = VectorFile.Row("server-password-hash-argon2id");
        AssertHash(row, row.Input("salt"), PasswordHashPurpose.ServerAuthorization);
    }

    [Fact(DisplayName = "local-auth-hash-2-iterations")]
    public void LocalAuthHash()
    {
        JsonElement row = VectorFile.Row("local-auth-hash-2-iterations");
        AssertHash(row, row.Input("email"), PasswordHashPurpose.LocalAuthorization);
    }

    [Fact(DisplayName = "kdf-minimums-must-fail")]
    public void KdfMinimumsMustFail()
    {
        foreach (JsonElement entry in VectorFile.Row("kdf-minimums-must-fail").GetProperty("inputs").GetProperty("cases").EnumerateArray())
        {
            KdfException error = Assert.Throws<KdfException>(() => MasterKey.Derive("password"u8, "salt", SettingsOf(entry)));
            Assert.Equal("InsufficientKdf", error.Code);
        }
    }

    [Theory]
    [InlineData(KdfType.Pbkdf2Sha256, 2_000_001, null, null, "ExcessiveKdf")]
    [InlineData(KdfType.Argon2id, 11, 64, 4, "ExcessiveKdf")]
    [InlineData(KdfType.Argon2id, 3, 1025, 4, "ExcessiveKdf")]
    [InlineData(KdfType.Argon2id, 3, int.MaxValue, 4, "ExcessiveKdf")]
    [InlineData(KdfType.Argon2id, 3, 64, 17, "ExcessiveKdf")]
    [InlineData(KdfType.Argon2id, 3, 64, 0, "InsufficientKdf")]
    [InlineData(KdfType.Pbkdf2Sha256, -1, null, null, "InsufficientKdf")]
    [InlineData(KdfType.Argon2id, 3, null, 4, "UnsupportedKdf")]
    [InlineData(KdfType.Argon2id, 3, 64, null, "UnsupportedKdf")]
    [InlineData((KdfType)2, 600_000, null, null, "UnsupportedKdf")]
    public void KdfOutsideTheLimitsIsRefusedBeforeDeriving(KdfType type, int iterations, int? memory, int? parallelism, string code)
    {
        KdfException error = Assert.Throws<KdfException>(
            () => MasterKey.Derive("password"u8, "salt", new KdfSettings(type, iterations, memory, parallelism)));
        Assert.Equal(code, error.Code);
    }

    private static void AssertMasterKey(string name, string saltMember, byte[] expected)
    {
        JsonElement row = VectorFile.Row(name);
        using MasterKey key = MasterKey.Derive(Encoding.UTF8.GetBytes(row.Input("password")), row.Input(saltMember), SettingsOf(row.GetProperty("inputs")));
        using SecretBytes bytes = key.CopyBytes();
        Assert.Equal(expected, bytes.Span.ToArray());
    }

    private static void AssertHash(JsonElement row, string salt, PasswordHashPurpose purpose)
    {
        byte[] password = Encoding.UTF8.GetBytes(row.Input("password"));
        using MasterKey key = MasterKey.Derive(password, salt, SettingsOf(row.GetProperty("inputs")));
        Assert.Equal(row.Expected("hash_b64"), key.DerivePasswordHash(password, purpose).RevealText());
    }

    private static KdfSettings SettingsOf(JsonElement inputs) => inputs.GetProperty("kdf").GetString()!.StartsWith("Argon2", StringComparison.Ordinal)
        ? new KdfSettings(
            KdfType.Argon2id,
            inputs.GetProperty("iterations").GetInt32(),
            inputs.GetProperty("memory_mib").GetInt32(),
            inputs.GetProperty("parallelism").GetInt32())
        : new KdfSettings(KdfType.Pbkdf2Sha256, inputs.GetProperty("iterations").GetInt32());
}
