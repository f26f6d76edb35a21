using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Bitwarden.Core.Api.Wire;

/// <summary>
/// Goes through the members of an object, or the entries of a list, in text that a real reader has found to be valid: it knows where values lie and nothing
/// of what is in them. For documents by the thousand: a fresh process has no optimised code for the strings of <see cref="Utf8JsonReader"/>, which takes more
/// than ten times as long.
/// </summary>
internal ref struct JsonMembers
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly bool _isObject;
    private ReadOnlySpan<byte> _name;
    private bool _isEscaped;
    private int _at;

    private JsonMembers(ReadOnlySpan<byte> json, int start)
    {
        _json = json;
        _isObject = json[start] == '{';
        _at = start + 1;
    }

    /// <summary>The members of an object.</summary>
    /// <param name="json">The object in UTF-8.</param>
    /// <exception cref="JsonException">Not an object, or nothing at all.</exception>
    internal static JsonMembers Of(ReadOnlySpan<byte> json)
    {
        int start = JsonScan.SkipSpace(json, 0);
        return json[start] == '{' ? new JsonMembers(json, start) : throw new JsonException("Not an object.");
    }

    /// <summary>Where the value lies; that of a string has its quotes.</summary>
    internal ByteRange Value { get; private set; }

    /// <summary>How many characters the member's name has; of one in ASCII, as all are that anybody looks for.</summary>
    internal readonly int NameLength => _isEscaped ? Name?.Length ?? 0 : _name.Length - 2;

    /// <summary>The member's name; null for one that is not valid Unicode.</summary>
    internal readonly string? Name
    {
        get
        {
            Utf8JsonReader reader = new(_name);
            reader.Read();
            return JsonText.String(ref reader);
        }
    }

    /// <summary>Goes to the next value; false behind the last one.</summary>
    /// <exception cref="JsonException">The text ends before.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Next()
    {
        int at = JsonScan.SkipSpace(_json, _at);
        at = _json[at] == ',' ? JsonScan.SkipSpace(_json, at + 1) : at;
        if (_json[at] is (byte)'}' or (byte)']')
        {
            return false;
        }

        at = _isObject ? ReadName(at) : at;
        _at = JsonScan.EndOfValue(_json, at);
        Value = new ByteRange(at, _at - at);
        return true;
    }

    /// <summary>Whether the member has this name, ignoring case.</summary>
    internal readonly bool IsNamed(ReadOnlySpan<byte> name) => _isEscaped
        ? Name is string text && Ascii.EqualsIgnoreCase(text, Encoding.ASCII.GetString(name))
        : Ascii.EqualsIgnoreCase(_name[1..^1], name);

    /// <summary>Whether the value begins with this character, which says what it is.</summary>
    internal readonly bool Is(char start) => _json[Value.Start] == start;

    /// <summary>Goes into the value, which is an object or a list.</summary>
    internal readonly JsonMembers Enter() => new(_json, Value.Start);

    /// <summary>A reader that stands on the value, which is neither an object nor a list.</summary>
    internal readonly Utf8JsonReader Read()
    {
        Utf8JsonReader reader = new(_json.Slice(Value.Start, Value.Length));
        reader.Read();
        return reader;
    }

    /// <summary>The ids in a list, without what is none; null when the value is no list.</summary>
    internal readonly Guid[]? ReadIds()
    {
        if (!Is('['))
        {
            return null;
        }

        List<Guid> ids = [];
        JsonMembers list = Enter();
        while (list.Next())
        {
            Utf8JsonReader reader = list.Read();
            if (JsonText.Id(ref reader) is Guid id)
            {
                ids.Add(id);
            }
        }

        return [.. ids];
    }

    private int ReadName(int at)
    {
        int end = JsonScan.EndOfString(_json, at);
        _name = _json[at..end];
        _isEscaped = _name.Contains((byte)'\\');
        int colon = JsonScan.SkipSpace(_json, end);
        return JsonScan.SkipSpace(_json, colon + 1);
    }
}
