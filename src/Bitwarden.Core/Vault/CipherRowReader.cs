using System.Text.Json;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>
/// Reads one item of a sync answer into its row. Strict with id, owner, type, name and key; everything else may be odd. The server's own copy of the item
/// (<c>data</c>), half of the whole answer, is left out of the bytes that are kept, unless it is a sealed blob.
/// </summary>
internal ref struct CipherRowReader
{
    // The answer itself and the list of items are two levels of the 64 that .NET allows.
    internal const int MaxDepth = 62;

    private readonly ReadOnlySpan<byte> _answer;
    private readonly List<ByteRange> _cuts;
    private readonly int _cutsBefore;
    private readonly int _cutBefore;
    private JsonCursor _json;
    private int _cut;
    private int _copyStart;
    private int _previousEnd;
    private bool _isOdd;
    private Guid? _id;
    private Guid _organizationId;
    private Guid _folderId;
    private int _type;
    private CipherFlags _flags;
    private UtcTime _created;
    private UtcTime _revised;
    private UtcTime _deleted;
    private UtcTime _archived;
    private ByteRange _name;
    private ByteRange _key;

    /// <param name="answer">The whole answer.</param>
    /// <param name="start">Where the item begins.</param>
    /// <param name="cuts">What is left out, in the order of the answer; added to.</param>
    /// <param name="cutBefore">How many bytes they take.</param>
    internal CipherRowReader(ReadOnlySpan<byte> answer, int start, List<ByteRange> cuts, int cutBefore)
    {
        _answer = answer;
        _json = new JsonCursor(answer, start, MaxDepth);
        _cuts = cuts;
        _cutsBefore = cuts.Count;
        _cutBefore = cutBefore;
        _cut = cutBefore;
        _copyStart = -1;
    }

    /// <summary>How many bytes are left out up to the end of the item.</summary>
    internal readonly int Cut => _cut;

    /// <summary>Where the item ends.</summary>
    internal readonly int End => _json.End;

    /// <summary>Reads the item; null when it has no id.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not valid JSON.</exception>
    internal CipherRow? Read(VaultBytes bytes)
    {
        _json.Read();
        int start = _json.Start;
        _previousEnd = _json.End;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            EndCopy(_json.Start);
            ReadMember();
            _previousEnd = _copyStart < 0 ? _json.End : _previousEnd;
        }

        CutCopyAtEnd(_json.Start);
        ByteRange document = new(start - _cutBefore, _json.End - start - (_cut - _cutBefore));
        return _id is Guid id ? Row(id, document, bytes, CopyAt(start)) : null;
    }

    private readonly CipherRow Row(Guid id, ByteRange document, VaultBytes bytes, int copyAt) => _isOdd
        ? new CipherRow { Bytes = bytes, Document = document, CopyAt = copyAt, Id = id, Flags = CipherFlags.Malformed, DeletedDate = _deleted }
        : new CipherRow
        {
            Bytes = bytes,
            Document = document,
            CopyAt = copyAt,
            Name = _name,
            Key = _key,
            Id = id,
            OrganizationId = _organizationId,
            FolderId = _folderId,
            Type = _type,
            Flags = _flags,
            CreationDate = _created,
            RevisionDate = _revised,
            DeletedDate = _deleted,
            ArchivedDate = _archived,
        };

    private void ReadMember()
    {
        int memberStart = _json.Start;
        switch (JsonText.NameLength(ref _json.Reader))
        {
            case 2 when JsonText.IsMember(ref _json.Reader, "id"u8):
                _json.Read();
                _id = JsonText.Id(ref _json.Reader);
                break;
            case 3 when JsonText.IsMember(ref _json.Reader, "key"u8):
                _key = ReadText();
                break;
            case 4 when JsonText.IsMember(ref _json.Reader, "name"u8):
                _name = ReadText();
                break;
            case 4 when JsonText.IsMember(ref _json.Reader, "type"u8):
                ReadType();
                break;
            case 4 when JsonText.IsMember(ref _json.Reader, "data"u8):
                ReadCopy(memberStart);
                break;
            default:
                ReadOther();
                break;
        }

        _json.Reader.Skip();
    }

    private void ReadOther()
    {
        if (JsonText.IsMember(ref _json.Reader, "organizationId"u8))
        {
            _json.Read();
            _isOdd |= !IsIdOrNone(ref _json.Reader, out _organizationId);
        }
        else if (JsonText.IsMember(ref _json.Reader, "folderId"u8))
        {
            _json.Read();
            IsIdOrNone(ref _json.Reader, out _folderId);
        }
        else if (JsonText.IsMember(ref _json.Reader, "favorite"u8))
        {
            _json.Read();
            Set(CipherFlags.Favorite, JsonText.Boolean(ref _json.Reader) == true);
        }
        else if (JsonText.IsMember(ref _json.Reader, "reprompt"u8))
        {
            _json.Read();
            Set(CipherFlags.Reprompt, JsonText.SmallNumber(ref _json.Reader) == 1);
        }
        else
        {
            ReadDate();
        }
    }

    private void ReadDate()
    {
        bool isCreated = JsonText.IsMember(ref _json.Reader, "creationDate"u8);
        bool isRevised = JsonText.IsMember(ref _json.Reader, "revisionDate"u8);
        bool isDeleted = JsonText.IsMember(ref _json.Reader, "deletedDate"u8);
        bool isArchived = JsonText.IsMember(ref _json.Reader, "archivedDate"u8);
        _json.Read();
        if (!(isCreated || isRevised || isDeleted || isArchived))
        {
            return;
        }

        UtcTime time = UtcTime.From(JsonText.Date(ref _json.Reader));
        _created = isCreated ? time : _created;
        _revised = isRevised ? time : _revised;
        _deleted = isDeleted ? time : _deleted;
        _archived = isArchived ? time : _archived;
    }

    private void ReadType()
    {
        _json.Read();
        int? type = JsonText.SmallNumber(ref _json.Reader);
        _isOdd |= type is null && _json.TokenType != JsonTokenType.Null;
        _type = type ?? 0;
    }

    private ByteRange ReadText()
    {
        _json.Read();
        _isOdd |= _json.TokenType is not (JsonTokenType.String or JsonTokenType.Null);
        return _json.TokenType == JsonTokenType.String
            ? new ByteRange(_json.Start - _cut, _json.End - _json.Start)
            : default;
    }

    private void ReadCopy(int memberStart)
    {
        int start = JsonScan.SkipSpace(_answer, _json.End);
        int end = _answer[start] == '"' ? JsonScan.EndOfString(_answer, start) : 0;
        bool isText = end > 0;
        if (isText && !SealedBlob.MayBe(_answer[start..end]))
        {
            Set(CipherFlags.SealedBlob, false);
            _copyStart = memberStart;
            _json.GoOnAt(end);
            return;
        }

        _json.Read();
        Set(CipherFlags.SealedBlob, isText && JsonText.String(ref _json.Reader)?.Contains("\"format_version\"", StringComparison.Ordinal) == true);
        _copyStart = isText ? -1 : memberStart;
    }

    // In the item; -1 where more than one was left out.
    private readonly int CopyAt(int start) => (_cuts.Count - _cutsBefore) switch
    {
        0 => 0,
        1 => _cuts[^1].Start - start,
        _ => -1,
    };

    // The copy goes together with the comma behind it, or before it where it is the last.
    private void EndCopy(int nextMember)
    {
        if (_copyStart >= 0)
        {
            Leave(_copyStart, nextMember);
        }
    }

    private void CutCopyAtEnd(int closingBrace)
    {
        if (_copyStart < 0)
        {
            return;
        }

        // Several copies in a row went with the commas behind them; now the one before them has to go.
        while (_cuts.Count > 0 && _cuts[^1].Start >= _previousEnd)
        {
            _cut -= _cuts[^1].Length;
            _cuts.RemoveAt(_cuts.Count - 1);
        }

        Leave(_previousEnd, closingBrace);
    }

    private void Leave(int from, int to)
    {
        _cuts.Add(new ByteRange(from, to - from));
        _cut += to - from;
        _copyStart = -1;
    }

    private void Set(CipherFlags flag, bool value) => _flags = value ? _flags | flag : _flags & ~flag;

    private static bool IsIdOrNone(ref Utf8JsonReader reader, out Guid id)
    {
        id = JsonText.Id(ref reader) ?? Guid.Empty;
        return id != Guid.Empty || reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IsEmpty);
    }
}
