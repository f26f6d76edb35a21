using System.Buffers;
using System.Buffers.Text;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// Reads type 2 values from JSON text into memory that is used again for the next one, where thousands of names are decrypted at once. Understands the usual
/// form only; <see cref="EncString"/> understands all and says what is wrong.
/// </summary>
internal sealed class EncStringBuffer
{
    private const int IvCharacters = 24;
    private const int MacCharacters = 44;
    private const int EscapeLength = 6;
    private readonly byte[] _mac = new byte[EncString.MacLength + 4];
    private byte[] _text = new byte[256];

    /// <summary>IV and data in one piece, as the MAC covers them; what is behind <see cref="Length"/> is left from before.</summary>
    internal byte[] Authenticated { get; private set; } = new byte[256];

    /// <summary>Length of IV and data in bytes.</summary>
    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Mac => _mac.AsSpan(0, EncString.MacLength);

    /// <summary>Reads a value; false if it is not of the usual form.</summary>
    /// <param name="json">JSON text in UTF-8, with its quotes.</param>
    internal bool TryRead(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> text = Unescape(json);
        if (!text.StartsWith("2."u8) || text.Length < 2 + IvCharacters + 1 + MacCharacters + 1)
        {
            return false;
        }

        ReadOnlySpan<byte> iv = text.Slice(2, IvCharacters);
        ReadOnlySpan<byte> data = text[(2 + IvCharacters + 1)..^(MacCharacters + 1)];
        return text[2 + IvCharacters] == '|' && text[^(MacCharacters + 1)] == '|' && TryDecode(iv, data, text[^MacCharacters..]);
    }

    private bool TryDecode(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> data, ReadOnlySpan<byte> mac)
    {
        if (Authenticated.Length < EncString.IvLength + data.Length)
        {
            Authenticated = new byte[2 * (EncString.IvLength + data.Length)];
        }

        bool isRead = Base64.DecodeFromUtf8(iv, Authenticated, out _, out int ivLength) == OperationStatus.Done && ivLength == EncString.IvLength;
        int dataLength = 0;
        isRead = isRead && Base64.DecodeFromUtf8(data, Authenticated.AsSpan(EncString.IvLength), out _, out dataLength) == OperationStatus.Done
            && dataLength > 0 && dataLength % EncString.IvLength == 0;
        isRead = isRead && Base64.DecodeFromUtf8(mac, _mac, out _, out int macLength) == OperationStatus.Done && macLength == EncString.MacLength;
        Length = EncString.IvLength + dataLength;
        return isRead;
    }

    // Servers escape the plus sign of base64. Not left to a JSON reader: a fresh process has no optimised code of it for long strings.
    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> rest = json.Length < 2 ? default : json[1..^1];
        if (!rest.Contains((byte)'\\'))
        {
            return rest;
        }

        if (_text.Length < rest.Length)
        {
            _text = new byte[2 * rest.Length];
        }

        int length = 0;
        for (int at = rest.IndexOf((byte)'\\'); at >= 0; at = rest.IndexOf((byte)'\\'))
        {
            if (!TryReadEscape(rest[at..], out byte character))
            {
                return default;
            }

            rest[..at].CopyTo(_text.AsSpan(length));
            _text[length + at] = character;
            length += at + 1;
            rest = rest[(at + EscapeLength)..];
        }

        rest.CopyTo(_text.AsSpan(length));
        return _text.AsSpan(0, length + rest.Length);
    }

    // A character of ASCII by its number; no other is escaped in what this reads.
    private static bool TryReadEscape(ReadOnlySpan<byte> text, out byte character)
    {
        character = 0;
        if (text.Length < EscapeLength || text[1] != 'u')
        {
            return false;
        }

        bool isHex = Utf8Parser.TryParse(text[2..EscapeLength], out ushort number, out int used, 'x') && used == EscapeLength - 2;
        character = (byte)number;
        return isHex && number < 128;
    }
}
