using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bitwarden.Core.Api.Wire;

/// <summary>
/// Reads members that servers send in more than one form: casing differs, numbers come as text, dates are empty or written with a space. What cannot be
/// understood is none; it never fails.
/// </summary>
internal static class JsonText
{
    /// <summary>Whether the reader stands on a member of this name, ignoring case.</summary>
    internal static bool IsMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan.Length == name.Length && Ascii.EqualsIgnoreCase(reader.ValueSpan, name);
        }

        return String(ref reader) is string text && Ascii.EqualsIgnoreCase(text, Encoding.ASCII.GetString(name));
    }

    /// <summary>How many characters the member's name has that the reader stands on; of one in ASCII, as all are that anybody looks for.</summary>
    internal static int NameLength(ref Utf8JsonReader reader) => reader.ValueIsEscaped ? String(ref reader)?.Length ?? 0 : reader.ValueSpan.Length;

    /// <summary>The text the reader stands on; null for anything else, and for text that is not valid Unicode.</summary>
    internal static string? String(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // The reader's own parsing throws at an escape that is half a character.
    internal static Guid? Id(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && ((!reader.ValueIsEscaped && reader.TryGetGuid(out Guid id)) || Guid.TryParse(String(ref reader), out id))
            ? id
            : null;

    internal static long? Number(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out long number) => number,
        JsonTokenType.String when long.TryParse(String(ref reader), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
        _ => null,
    };

    /// <summary>A number that fits where the protocol has a small one.</summary>
    internal static int? SmallNumber(ref Utf8JsonReader reader) =>
        Number(ref reader) is long number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    internal static bool? Boolean(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    internal static DateTimeOffset? Date(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return null;
        }

        return (!reader.ValueIsEscaped && reader.TryGetDateTimeOffset(out DateTimeOffset date))
            || DateTimeOffset.TryParse(
                String(ref reader), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date)
            ? date
            : null;
    }
}
