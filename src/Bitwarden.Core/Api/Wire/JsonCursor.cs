using System.Text.Json;

namespace Bitwarden.Core.Api.Wire;

/// <summary>A JSON reader of an object that can go on behind a member that was skipped by other means. Its positions are those of the whole text.</summary>
internal ref struct JsonCursor
{
    /// <summary>The reader at the current token.</summary>
    internal Utf8JsonReader Reader;

    private readonly ReadOnlySpan<byte> _json;
    private readonly JsonReaderState _behindMember;
    private int _start;

    /// <param name="json">The whole text.</param>
    /// <param name="start">Where the object begins.</param>
    /// <param name="depth">How deep objects and lists in it may be nested.</param>
    internal JsonCursor(ReadOnlySpan<byte> json, int start, int depth)
    {
        JsonReaderOptions options = new() { MaxDepth = depth };
        _json = json;
        _start = start;
        _behindMember = BehindMember(options);
        Reader = new Utf8JsonReader(json[start..], options);
    }

    internal readonly JsonTokenType TokenType => Reader.TokenType;

    /// <summary>Where the current token begins.</summary>
    internal readonly int Start => _start + (int)Reader.TokenStartIndex;

    /// <summary>Where the current token ends; that of a name is behind its colon.</summary>
    internal readonly int End => _start + (int)Reader.BytesConsumed;

    internal bool Read() => Reader.Read();

    /// <summary>Goes on behind the value of a member of the object itself.</summary>
    /// <param name="end">Where the value ends.</param>
    internal void GoOnAt(int end)
    {
        _start = end;
        Reader = new Utf8JsonReader(_json[end..], isFinalBlock: true, _behindMember);
    }

    private static JsonReaderState BehindMember(JsonReaderOptions options)
    {
        Utf8JsonReader reader = new("""{"":"" """u8, isFinalBlock: false, new JsonReaderState(options));
        while (reader.Read())
        {
        }

        return reader.CurrentState;
    }
}
