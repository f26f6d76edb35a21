using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Transfer;

/// <summary>
/// An export that is encrypted with a password of its own (protocol 7.7): the key is derived as a master key is, from a salt that is taken as it is written,
/// and stretched.
/// </summary>
/// <param name="Salt">In base64, of which the text itself is the salt.</param>
/// <param name="Kdf">How the key is derived.</param>
/// <param name="Validation">A text that only the right key opens.</param>
/// <param name="Data">The whole plain export, encrypted.</param>
internal sealed record PasswordFile(string Salt, KdfSettings Kdf, EncString Validation, EncString Data)
{
    /// <summary>How many random bytes a salt has.</summary>
    internal const int SaltLength = 16;

    /// <summary>A text by which a key is recognised: a random id, encrypted.</summary>
    internal static string Proof(SymmetricKey key) => key.EncryptText(Guid.NewGuid().ToString()).ToWireString();

    /// <summary>Encrypts an export.</summary>
    internal static PasswordFile Seal(SecretBytes plain, SymmetricKey key, string salt, KdfSettings kdf) =>
        new(salt, kdf, EncString.Parse(Proof(key)), key.Encrypt(plain.Span));

    /// <summary>Decrypts the export.</summary>
    /// <exception cref="TransferException">WrongFilePassword.</exception>
    internal SecretBytes Open(SymmetricKey key)
    {
        try
        {
            key.Verify(Validation);
            return key.Decrypt(Data);
        }
        catch (EncryptionException)
        {
            throw TransferException.WrongPassword();
        }
    }

    /// <summary>The file; holds nothing secret.</summary>
    internal byte[] ToJson()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, Encoder = SecretJson.Encoder }))
        {
            json.WriteStartObject();
            json.WriteBoolean("encrypted", true);
            json.WriteBoolean("passwordProtected", true);
            json.WriteString("salt", Salt);
            json.WriteNumber("kdfType", (long)Kdf.Type);
            json.WriteNumber("kdfIterations", Kdf.Iterations);
            WriteArgon2(json);
            json.WriteString("encKeyValidation_DO_NOT_EDIT", Validation.ToWireString());
            json.WriteString("data", Data.ToWireString());
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => "PasswordFile";

    private void WriteArgon2(Utf8JsonWriter json)
    {
        if (Kdf.Type == KdfType.Argon2id)
        {
            json.WriteNumber("kdfMemory", Kdf.MemoryMib!.Value);
            json.WriteNumber("kdfParallelism", Kdf.Parallelism!.Value);
        }
    }
}
