using System.Text.Json;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Transfer;

/// <summary>
/// An export in JSON, read as far as its outermost members (protocol 7.7): what kind it is, and where in its bytes the items lie. Not of this account, perhaps
/// of a stranger: nothing in it is trusted.
/// </summary>
internal sealed class TransferFile
{
    private const string Ends = "it is not JSON, or it was cut off";
    private readonly SecretBytes _bytes;
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long?> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ByteRange> _lists = new(StringComparer.Ordinal);

    private TransferFile(SecretBytes bytes)
    {
        _bytes = bytes;
    }

    /// <summary>Whether values are encrypted, in whatever way.</summary>
    internal bool IsEncrypted { get; private set; }

    /// <summary>Whether the whole is encrypted with a password.</summary>
    internal bool IsPasswordProtected { get; private set; }

    /// <summary>What shows whether a key is the right one; null for none.</summary>
    internal string? Validation => _texts.GetValueOrDefault("encKeyValidation_DO_NOT_EDIT");

    /// <summary>The items' JSON.</summary>
    /// <exception cref="TransferException">InvalidExportFile: there is no list of items.</exception>
    internal ReadOnlySpan<byte> Items => _lists.TryGetValue("items", out ByteRange range)
        ? Slice(range)
        : throw TransferException.InvalidFile(null, "it has no list of items");

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">In UTF-8; stays the caller's, and is read as long as this is used.</param>
    /// <exception cref="TransferException">InvalidExportFile.</exception>
    internal static TransferFile Read(SecretBytes bytes)
    {
        TransferFile file = new(bytes);
        Utf8JsonReader reader = new(Text(bytes));
        try
        {
            file.ReadMembers(ref reader);
            return file;
        }
        catch (JsonException e)
        {
            // The message of the exception has a character of the file in it.
            throw TransferException.InvalidFile($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}", Ends);
        }
        catch (InvalidOperationException)
        {
            throw TransferException.InvalidFile(null, "it has text that is not valid Unicode");
        }
    }

    /// <summary>The text without the mark that some editors put before it.</summary>
    internal static ReadOnlySpan<byte> Text(SecretBytes bytes)
    {
        ReadOnlySpan<byte> text = bytes.Span;
        return text.StartsWith("\uFEFF"u8) ? text["\uFEFF"u8.Length..] : text;
    }

    /// <summary>A list of folders or collections; empty for none.</summary>
    internal ReadOnlySpan<byte> List(string name) => _lists.TryGetValue(name, out ByteRange range) ? Slice(range) : default;

    /// <summary>What is needed to decrypt a file with a password.</summary>
    /// <exception cref="TransferException">InvalidExportFile.</exception>
    internal PasswordFile ToPasswordFile() => new(Required("salt"), Kdf(), Encrypted("encKeyValidation_DO_NOT_EDIT"), Encrypted("data"));

    /// <inheritdoc/>
    public override string ToString() => "TransferFile";

    private ReadOnlySpan<byte> Slice(ByteRange range) => Text(_bytes).Slice(range.Start, range.Length);

    private void ReadMembers(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw TransferException.InvalidFile(null, "it is not an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            ReadMember(name, ref reader);
        }

        // What comes behind the object is an error of the reader's.
        reader.Read();
    }

    private void ReadMember(string name, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                _texts[name] = reader.GetString();
                break;
            case JsonTokenType.Number:
                _numbers[name] = reader.TryGetInt64(out long number) ? number : null;
                break;
            case JsonTokenType.StartArray:
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                _lists[name] = new ByteRange(start, (int)reader.BytesConsumed - start);
                break;
            case JsonTokenType.True:
                IsEncrypted |= name == "encrypted";
                IsPasswordProtected |= name == "passwordProtected";
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private KdfSettings Kdf()
    {
        long type = Number("kdfType");
        return (KdfType)type == KdfType.Argon2id
            ? new KdfSettings(KdfType.Argon2id, Small("kdfIterations"), Small("kdfMemory"), Small("kdfParallelism"))
            : new KdfSettings((KdfType)type, Small("kdfIterations"));
    }

    private long Number(string name) => _numbers.GetValueOrDefault(name) ?? throw TransferException.InvalidFile(name, "a whole number is missing");

    // Whatever is larger is above every limit all the same.
    private int Small(string name) => (int)Math.Clamp(Number(name), int.MinValue, int.MaxValue);

    private string Required(string name) => _texts.GetValueOrDefault(name) is { Length: > 0 } text
        ? text
        : throw TransferException.InvalidFile(name, "a text is missing");

    private EncString Encrypted(string name)
    {
        try
        {
            return EncString.Parse(Required(name));
        }
        catch (EncryptionException)
        {
            throw TransferException.InvalidFile(name, "it is not an encrypted text");
        }
    }
}
