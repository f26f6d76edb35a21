using System.Collections;
using System.Text;
using System.Text.Json;
using Bitwarden.Core.Crypto;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>The values of a note of SecretManagement.Warden, in memory that is zeroed.</summary>
internal sealed class WardenTable : IEnumerable<WardenValue>, IDisposable
{
    private const int LongestEscape = 6;
    private readonly List<WardenValue> _values = [];

    /// <summary>Reads a JSON object; null for JSON that is none.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    internal static WardenTable? ReadJson(ReadOnlySpan<byte> json)
    {
        WardenTable table = new();
        try
        {
            Utf8JsonReader reader = new(json);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string key = reader.GetString()!;
                reader.Read();
                table.Add(key, ref reader, json);
            }

            reader.Read();
            return table;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            table.Dispose();
            throw new JsonException();
        }
    }

    /// <summary>Writes values as a note.</summary>
    /// <param name="firstLine">The line before them.</param>
    /// <param name="values">The values; they stay the caller's.</param>
    internal static SecretBytes Write(ReadOnlySpan<byte> firstLine, IReadOnlyList<WardenValue> values)
    {
        using SecretBytes buffer = new(firstLine.Length + 3 + values.Sum(value => LongestOf(value) + 5));
        SpanWriter writer = new(buffer.Span);
        writer.Add(firstLine);
        writer.Add("\n{"u8);
        for (int i = 0; i < values.Count; i++)
        {
            writer.Add(i == 0 ? [] : ","u8);
            writer.AddText(Encoding.UTF8.GetBytes(values[i].Key));
            writer.Add(":"u8);
            writer.AddValue(values[i]);
        }

        writer.Add("}"u8);
        return new SecretBytes(writer.Written);
    }

    /// <summary>A new value in the place of the one under its key: raw where that is, and the new one can be.</summary>
    internal WardenValue Merge(TableEntry entry)
    {
        WardenValue? known = _values.Find(value => value.Key.Equals(entry.Key, StringComparison.OrdinalIgnoreCase));
        return new WardenValue(known?.Key ?? entry.Key, entry.Value!, known?.IsRaw == true && IsJson(entry.Value!.Span));
    }

    /// <exception cref="FormatException">There is one of that key already.</exception>
    internal void Add(WardenValue value)
    {
        if (_values.Exists(other => other.Key.Equals(value.Key, StringComparison.OrdinalIgnoreCase)))
        {
            value.Text.Dispose();
            throw new FormatException();
        }

        _values.Add(value);
    }

    /// <inheritdoc/>
    public IEnumerator<WardenValue> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    public void Dispose() => _values.ForEach(value => value.Text.Dispose());

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int LongestOf(WardenValue value) => LongestEscape * (Encoding.UTF8.GetByteCount(value.Key) + value.Text.Length);

    private void Add(string key, ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            using SecretBytes buffer = new(reader.ValueSpan.Length);
            int length = reader.CopyString(buffer.Span);
            Add(new WardenValue(key, new SecretBytes(buffer.Span[..length]), IsRaw: false));
            return;
        }

        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        Add(new WardenValue(key, new SecretBytes(json[start..(int)reader.BytesConsumed]), IsRaw: true));
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            Utf8JsonReader reader = new(text);
            reader.Read();
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private ref struct SpanWriter(Span<byte> target)
    {
        private readonly Span<byte> _target = target;
        private int _length;

        internal readonly ReadOnlySpan<byte> Written => _target[.._length];

        internal void Add(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_target[_length..]);
            _length += bytes.Length;
        }

        private void Add(byte one) => _target[_length++] = one;

        internal void AddValue(WardenValue value)
        {
            if (value.IsRaw)
            {
                Add(value.Text.Span);
            }
            else
            {
                AddText(value.Text.Span);
            }
        }

        internal void AddText(ReadOnlySpan<byte> text)
        {
            Add("\""u8);
            foreach (byte one in text)
            {
                AddEscaped(one);
            }

            Add("\""u8);
        }

        // RFC 8259, section 7: only these must be escaped.
        private void AddEscaped(byte one)
        {
            if (one is (byte)'"' or (byte)'\\')
            {
                Add("\\"u8);
            }

            if (one < 0x20)
            {
                Add("\\u00"u8);
                Add(Hex(one >> 4));
                Add(Hex(one & 15));
            }
            else
            {
                Add(one);
            }
        }

        private static byte Hex(int digit) => (byte)"0123456789abcdef"[digit];
    }
}
