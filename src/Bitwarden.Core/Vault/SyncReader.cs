using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>Makes a snapshot of a sync answer in one pass over its bytes: rows for the items, records for everything else, which is little.</summary>
internal sealed class SyncReader
{
    private readonly ReadOnlyMemory<byte> _answer;
    private readonly VaultBytes _bytes = new();
    private readonly List<ByteRange> _cuts = [];
    private readonly List<CipherRow> _rows = [];
    private int _cut;
    private bool _hasCiphers;
    private ProfileRecord? _profile;
    private FolderRecord[]? _folders;
    private CollectionRecord[]? _collections;
    private PolicyRecord[]? _policies;
    private UserDecryptionRecord? _userDecryption;

    private SyncReader(ReadOnlyMemory<byte> answer)
    {
        _answer = answer;
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer in UTF-8; not kept.</param>
    /// <param name="fetchedAt">When it arrived.</param>
    /// <exception cref="JsonException">
    /// Not JSON, or nothing that a vault could be made of: without an account or without a list of items it is not an empty vault.
    /// </exception>
    internal static VaultSnapshot Read(ReadOnlyMemory<byte> answer, DateTimeOffset fetchedAt)
    {
        SyncReader reader = new(answer);
        reader.ReadRoot();
        if (reader._profile is not ProfileRecord profile || !reader._hasCiphers)
        {
            throw new JsonException("No account, or no list of items.");
        }

        reader._bytes.Fill(reader.CopyWithoutCuts());
        return new VaultSnapshot(reader._bytes, [.. reader._rows], profile, fetchedAt)
        {
            Folders = reader._folders ?? [],
            Collections = reader._collections ?? [],
            Policies = reader._policies ?? [],
            Unlock = UnlockMaterial.From(reader._userDecryption, profile.Email),
        };
    }

    /// <summary>Reads a list of items that comes by itself.</summary>
    /// <exception cref="JsonException">Not a list.</exception>
    internal static (VaultBytes Bytes, IReadOnlyList<CipherRow> Rows) ReadList(ReadOnlyMemory<byte> list)
    {
        SyncReader items = new(list);
        Utf8JsonReader reader = new(list.Span);
        items.ReadCiphers(ref reader);
        items._bytes.Fill(items.CopyWithoutCuts());
        return (items._bytes, [.. items._rows]);
    }

    /// <summary>Has the readers compiled, to be called while something else is awaited.</summary>
    internal static void WarmUp() => Read(
        """
        {"profile":{"organizations":[{}]},"folders":[{}],"collections":[{}],"policies":[{"data":{}}],"userDecryption":{"masterPasswordUnlock":{"kdf":{}}},
        "ciphers":[{"id":"00000000-0000-0000-0000-000000000001","name":"","data":""}]}
        """u8.ToArray(),
        DateTimeOffset.UnixEpoch);

    private void ReadRoot()
    {
        Utf8JsonReader reader = new(_answer.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Not an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref reader);
        }

        // Fails if anything follows.
        reader.Read();
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (JsonText.IsMember(ref reader, "ciphers"u8))
        {
            ReadCiphers(ref reader);
        }
        else if (JsonText.IsMember(ref reader, "profile"u8))
        {
            _profile = ReadPart(ref reader, SyncJson.Default.ProfileRecord);
        }
        else if (JsonText.IsMember(ref reader, "folders"u8))
        {
            _folders = ReadPart(ref reader, SyncJson.Default.FolderRecordArray);
        }
        else if (JsonText.IsMember(ref reader, "collections"u8))
        {
            _collections = ReadPart(ref reader, SyncJson.Default.CollectionRecordArray);
        }
        else if (JsonText.IsMember(ref reader, "policies"u8))
        {
            _policies = ReadPart(ref reader, SyncJson.Default.PolicyRecordArray);
        }
        else if (JsonText.IsMember(ref reader, "userDecryption"u8))
        {
            _userDecryption = ReadPart(ref reader, SyncJson.Default.UserDecryptionRecord);
        }
        else
        {
            reader.Skip();
        }
    }

    private T? ReadPart<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type)
        where T : class
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return JsonSerializer.Deserialize(_answer.Span[start..(int)reader.BytesConsumed], type);
    }

    // Of a list that comes twice the last one counts, as everywhere in JSON.
    private void ReadCiphers(ref Utf8JsonReader reader)
    {
        reader.Read();
        _rows.Clear();
        _hasCiphers = reader.TokenType == JsonTokenType.StartArray;
        if (!_hasCiphers)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadCipher(ref reader);
            }

            reader.Skip();
        }
    }

    private void ReadCipher(ref Utf8JsonReader reader)
    {
        CipherRowReader item = new(_cuts, _cut);
        if (item.Read(ref reader, _bytes) is CipherRow row)
        {
            _rows.Add(row);
        }

        _cut = item.Cut;
    }

    private byte[] CopyWithoutCuts()
    {
        byte[] copy = GC.AllocateUninitializedArray<byte>(_answer.Length - _cut);
        (int from, int to) = (0, 0);
        foreach (ByteRange cut in _cuts)
        {
            _answer.Span[from..cut.Start].CopyTo(copy.AsSpan(to));
            to += cut.Start - from;
            from = cut.Start + cut.Length;
        }

        _answer.Span[from..].CopyTo(copy.AsSpan(to));
        return copy;
    }
}
