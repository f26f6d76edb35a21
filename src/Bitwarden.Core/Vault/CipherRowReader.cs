using System.Text.Json;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>
/// Reads one item of a sync answer into its row. Strict with id, owner, type, name and key; everything else may be odd. The server's own copy of the item
/// (<c>data</c>), half of the whole answer, is left out of the bytes that are kept, unless it is a sealed blob.
/// </summary>
internal ref struct CipherRowReader
{
    private readonly List<ByteRange> _cuts;
    private readonly int _cutBefore;
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

    /// <param name="cuts">What is left out, in the order of the answer; added to.</param>
    /// <param name="cutBefore">How many bytes they take.</param>
    internal CipherRowReader(List<ByteRange> cuts, int cutBefore)
    {
        _cuts = cuts;
        _cutBefore = cutBefore;
        _cut = cutBefore;
        _copyStart = -1;
    }

    /// <summary>How many bytes are left out up to the end of the item.</summary>
    internal readonly int Cut => _cut;

    /// <summary>Reads the object that the reader stands on; null when it has no id.</summary>
    internal CipherRow? Read(ref Utf8JsonReader reader, VaultBytes bytes)
    {
        int start = (int)reader.TokenStartIndex;
        _previousEnd = (int)reader.BytesConsumed;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            EndCopy((int)reader.TokenStartIndex);
            ReadMember(ref reader);
            _previousEnd = _copyStart < 0 ? (int)reader.BytesConsumed : _previousEnd;
        }

        CutCopyAtEnd((int)reader.TokenStartIndex);
        ByteRange document = new(start - _cutBefore, (int)reader.BytesConsumed - start - (_cut - _cutBefore));
        return _id is Guid id ? Row(id, document, bytes) : null;
    }

    private readonly CipherRow Row(Guid id, ByteRange document, VaultBytes bytes) => _isOdd
        ? new CipherRow { Bytes = bytes, Document = document, Id = id, Flags = CipherFlags.Malformed, DeletedDate = _deleted }
        : new CipherRow
        {
            Bytes = bytes,
            Document = document,
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

    private void ReadMember(ref Utf8JsonReader reader)
    {
        int memberStart = (int)reader.TokenStartIndex;
        int length = reader.ValueIsEscaped ? JsonText.String(ref reader)?.Length ?? 0 : reader.ValueSpan.Length;
        switch (length)
        {
            case 2 when JsonText.IsMember(ref reader, "id"u8):
                reader.Read();
                _id = JsonText.Id(ref reader);
                break;
            case 3 when JsonText.IsMember(ref reader, "key"u8):
                _key = ReadText(ref reader);
                break;
            case 4 when JsonText.IsMember(ref reader, "name"u8):
                _name = ReadText(ref reader);
                break;
            case 4 when JsonText.IsMember(ref reader, "type"u8):
                ReadType(ref reader);
                break;
            case 4 when JsonText.IsMember(ref reader, "data"u8):
                ReadCopy(ref reader, memberStart);
                break;
            default:
                ReadOther(ref reader);
                break;
        }

        reader.Skip();
    }

    private void ReadOther(ref Utf8JsonReader reader)
    {
        if (JsonText.IsMember(ref reader, "organizationId"u8))
        {
            reader.Read();
            _isOdd |= !IsIdOrNone(ref reader, out _organizationId);
        }
        else if (JsonText.IsMember(ref reader, "folderId"u8))
        {
            reader.Read();
            IsIdOrNone(ref reader, out _folderId);
        }
        else if (JsonText.IsMember(ref reader, "favorite"u8))
        {
            reader.Read();
            Set(CipherFlags.Favorite, JsonText.Boolean(ref reader) == true);
        }
        else if (JsonText.IsMember(ref reader, "reprompt"u8))
        {
            reader.Read();
            Set(CipherFlags.Reprompt, JsonText.SmallNumber(ref reader) == 1);
        }
        else
        {
            ReadDate(ref reader);
        }
    }

    private void ReadDate(ref Utf8JsonReader reader)
    {
        bool isCreated = JsonText.IsMember(ref reader, "creationDate"u8);
        bool isRevised = JsonText.IsMember(ref reader, "revisionDate"u8);
        bool isDeleted = JsonText.IsMember(ref reader, "deletedDate"u8);
        bool isArchived = JsonText.IsMember(ref reader, "archivedDate"u8);
        reader.Read();
        if (!(isCreated || isRevised || isDeleted || isArchived))
        {
            return;
        }

        UtcTime time = UtcTime.From(JsonText.Date(ref reader));
        _created = isCreated ? time : _created;
        _revised = isRevised ? time : _revised;
        _deleted = isDeleted ? time : _deleted;
        _archived = isArchived ? time : _archived;
    }

    private void ReadType(ref Utf8JsonReader reader)
    {
        reader.Read();
        int? type = JsonText.SmallNumber(ref reader);
        _isOdd |= type is null && reader.TokenType != JsonTokenType.Null;
        _type = type ?? 0;
    }

    private ByteRange ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        _isOdd |= reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null);
        return reader.TokenType == JsonTokenType.String
            ? new ByteRange((int)reader.TokenStartIndex - _cut, (int)(reader.BytesConsumed - reader.TokenStartIndex))
            : default;
    }

    private void ReadCopy(ref Utf8JsonReader reader, int memberStart)
    {
        reader.Read();
        bool mayBeSealed = reader.TokenType == JsonTokenType.String && reader.ValueSpan.IndexOf("format_version"u8) >= 0;
        Set(CipherFlags.SealedBlob, mayBeSealed && JsonText.String(ref reader)?.Contains("\"format_version\"", StringComparison.Ordinal) == true);
        _copyStart = mayBeSealed ? -1 : memberStart;
    }

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
