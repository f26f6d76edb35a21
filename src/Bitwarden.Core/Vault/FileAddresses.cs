using System.Text.Json;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>
/// Takes the addresses of files out of a sync answer: compatible servers put a token into them, with which anybody can fetch the encrypted file.
/// Everything else stays as it is, byte for byte.
/// </summary>
internal static class FileAddresses
{
    // The answer, its list, an item, its list, a file.
    private const int AnswerDepth = 1;
    private const int ItemDepth = 3;
    private const int FileDepth = 5;

    /// <summary>Gives a sync answer with null in place of each address of a file.</summary>
    /// <param name="sync">The answer in UTF-8.</param>
    /// <exception cref="JsonException">Not JSON.</exception>
    internal static byte[] RemoveFrom(ReadOnlySpan<byte> sync)
    {
        using MemoryStream kept = new(sync.Length);
        int from = 0;
        foreach (ByteRange address in Find(sync))
        {
            kept.Write(sync[from..address.Start]);
            kept.Write("null"u8);
            from = address.Start + address.Length;
        }

        kept.Write(sync[from..]);
        return kept.ToArray();
    }

    private static List<ByteRange> Find(ReadOnlySpan<byte> sync)
    {
        List<ByteRange> found = [];
        Utf8JsonReader json = new(sync, new JsonReaderOptions { MaxDepth = CipherRowReader.MaxDepth + 2 });
        (bool isInItems, bool isInFiles) = (false, false);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            isInItems = json.CurrentDepth == AnswerDepth ? JsonText.IsMember(ref json, "ciphers"u8) : isInItems;
            isInFiles = json.CurrentDepth == ItemDepth ? JsonText.IsMember(ref json, "attachments"u8) : isInFiles;
            if (isInItems && isInFiles && json.CurrentDepth == FileDepth && JsonText.IsMember(ref json, "url"u8))
            {
                json.Read();
                int start = (int)json.TokenStartIndex;
                json.Skip();
                found.Add(new ByteRange(start, (int)json.BytesConsumed - start));
            }
        }

        return found;
    }
}
