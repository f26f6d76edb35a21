using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>
/// Makes a snapshot of a sync answer in one pass over its bytes: rows for the items, records for everything else, which is little. What did not change since
/// the answer before is not parsed again.
/// </summary>
internal sealed class SyncReader
{
    private readonly ReadOnlyMemory<byte> _answer;
    private readonly VaultBytes _bytes = new();
    private readonly KnownItems? _known;
    private readonly List<ByteRange> _cuts = [];
    private readonly List<CipherRow> _rows = [];
    private int _cut;
    private bool _hasCiphers;
    private ProfileRecord? _profile;
    private FolderRecord[]? _folders;
    private CollectionRecord[]? _collections;
    private PolicyRecord[]? _policies;
    private UserDecryptionRecord? _userDecryption;

    private SyncReader(ReadOnlyMemory<byte> answer, VaultSnapshot? known = null)
    {
        _answer = answer;
        _known = known is null ? null : new KnownItems(known.Ciphers);
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer in UTF-8; not kept.</param>
    /// <param name="fetchedAt">When it arrived.</param>
    /// <param name="known">The answer before, of which the new one is made where nothing has changed; null for none.</param>
    /// <exception cref="JsonException">
    /// Not JSON, or nothing that a vault could be made of: without an account or without a list of items it is not an empty vault.
    /// </exception>
    internal static VaultSnapshot Read(ReadOnlyMemory<byte> answer, DateTimeOffset fetchedAt, VaultSnapshot? known = null)
    {
        SyncReader reader = new(answer, known);
        reader.ReadRoot();
        if (reader._profile is not ProfileRecord profile || !reader._hasCiphers)
        {
            throw new JsonException("No account, or no list of items.");
        }

        return known is { IsEdited: false } && reader.KeepsOnly(known.Bytes.Span) ? known with { FetchedAt = fetchedAt } : reader.Make(profile, fetchedAt);
    }

    /// <summary>Reads a list of items that comes by itself.</summary>
    /// <exception cref="JsonException">Not a list.</exception>
    internal static (VaultBytes Bytes, IReadOnlyList<CipherRow> Rows) ReadList(ReadOnlyMemory<byte> list)
    {
        SyncReader items = new(list);
        if (items.ReadCiphers(0) != list.Length)
        {
            throw new JsonException("Not a list.");
        }

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

    private VaultSnapshot Make(ProfileRecord profile, DateTimeOffset fetchedAt)
    {
        _bytes.Fill(CopyWithoutCuts());
        return new VaultSnapshot(_bytes, [.. _rows], profile, fetchedAt)
        {
            Folders = _folders ?? [],
            Collections = _collections ?? [],
            Policies = _policies ?? [],
            Unlock = UnlockMaterial.From(_userDecryption, profile.Email),
        };
    }

    private void ReadRoot()
    {
        JsonCursor json = new(_answer.Span, 0, CipherRowReader.MaxDepth + 2);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Not an object.");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref json);
        }

        // Fails if anything follows.
        json.Read();
    }

    private void ReadMember(ref JsonCursor json)
    {
        if (JsonText.IsMember(ref json.Reader, "ciphers"u8))
        {
            ReadCiphers(ref json);
        }
        else if (JsonText.IsMember(ref json.Reader, "profile"u8))
        {
            _profile = ReadPart(ref json, SyncJson.Default.ProfileRecord);
        }
        else if (JsonText.IsMember(ref json.Reader, "folders"u8))
        {
            _folders = ReadPart(ref json, SyncJson.Default.FolderRecordArray);
        }
        else if (JsonText.IsMember(ref json.Reader, "collections"u8))
        {
            _collections = ReadPart(ref json, SyncJson.Default.CollectionRecordArray);
        }
        else if (JsonText.IsMember(ref json.Reader, "policies"u8))
        {
            _policies = ReadPart(ref json, SyncJson.Default.PolicyRecordArray);
        }
        else if (JsonText.IsMember(ref json.Reader, "userDecryption"u8))
        {
            _userDecryption = ReadPart(ref json, SyncJson.Default.UserDecryptionRecord);
        }
        else
        {
            json.Reader.Skip();
        }
    }

    private T? ReadPart<T>(ref JsonCursor json, JsonTypeInfo<T> type)
        where T : class
    {
        json.Read();
        int start = json.Start;
        json.Reader.Skip();
        return JsonSerializer.Deserialize(_answer.Span[start..json.End], type);
    }

    // Of a list that comes twice the last one counts, as everywhere in JSON.
    private void ReadCiphers(ref JsonCursor json)
    {
        int start = JsonScan.SkipSpace(_answer.Span, json.End);
        _rows.Clear();
        _hasCiphers = _answer.Span[start] == '[';
        if (_hasCiphers)
        {
            json.GoOnAt(ReadCiphers(start));
            return;
        }

        json.Read();
        json.Reader.Skip();
    }

    /// <summary>Reads the list that begins here; gives its end.</summary>
    private int ReadCiphers(int start)
    {
        ReadOnlySpan<byte> json = _answer.Span;
        int at = JsonScan.SkipSpace(json, start + 1);
        if (json[at] == ']')
        {
            return at + 1;
        }

        while (true)
        {
            at = JsonScan.SkipSpace(json, ReadElement(json, at));
            if (json[at] == ']')
            {
                return at + 1;
            }

            at = json[at] == ',' ? JsonScan.SkipSpace(json, at + 1) : throw new JsonException("No comma between items.");
        }
    }

    private int ReadElement(ReadOnlySpan<byte> json, int at)
    {
        if (json[at] == '{')
        {
            return _known?.TryTake(json, at, out ByteRange copy) is CipherRow row ? Keep(row, at, copy) : ReadCipher(json, at);
        }

        Utf8JsonReader other = new(json[at..], new JsonReaderOptions { MaxDepth = CipherRowReader.MaxDepth });
        other.Read();
        other.Skip();
        return at + (int)other.BytesConsumed;
    }

    private int Keep(CipherRow row, int start, ByteRange copy)
    {
        _rows.Add(row.MoveTo(_bytes, start - _cut));
        if (!copy.IsEmpty)
        {
            _cuts.Add(copy);
            _cut += copy.Length;
        }

        return start + row.Document.Length + copy.Length;
    }

    private int ReadCipher(ReadOnlySpan<byte> json, int start)
    {
        CipherRowReader item = new(json, start, _cuts, _cut);
        if (item.Read(_bytes) is CipherRow row)
        {
            _rows.Add(row);
            _known?.GoOnBehind(row.Id);
        }

        _cut = item.Cut;
        return item.End;
    }

    /// <summary>Whether what is kept of the answer is the same as what is kept of the one before.</summary>
    private bool KeepsOnly(ReadOnlySpan<byte> before)
    {
        if (_answer.Length - _cut != before.Length)
        {
            return false;
        }

        int from = 0;
        foreach (ByteRange cut in _cuts)
        {
            ReadOnlySpan<byte> kept = _answer.Span[from..cut.Start];
            if (!before.StartsWith(kept))
            {
                return false;
            }

            before = before[kept.Length..];
            from = cut.Start + cut.Length;
        }

        return before.SequenceEqual(_answer.Span[from..]);
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
