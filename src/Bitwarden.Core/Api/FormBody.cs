using System.Net.Http.Headers;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Api;

/// <summary>
/// The body of a token request (application/x-www-form-urlencoded), built in memory that is zeroed afterwards,
/// because some of its values are secrets that must not become strings.
/// </summary>
internal sealed class FormBody : IDisposable
{
    private const int LongestBody = 16 * 1024;
    private readonly SecretBytes _bytes = new(LongestBody);
    private int _length;

    /// <summary>Adds a field.</summary>
    internal FormBody Add(string name, string value)
    {
        using SecretBytes bytes = SecretBytes.FromCharacters(value);
        return Add(name, bytes);
    }

    /// <summary>Adds a field whose value is a secret in UTF-8.</summary>
    internal FormBody Add(string name, SecretBytes value)
    {
        if (_length > 0)
        {
            Append((byte)'&');
        }

        foreach (byte b in Encoding.ASCII.GetBytes(name))
        {
            Append(b);
        }

        Append((byte)'=');
        AppendEscaped(value.Span);
        return this;
    }

    internal HttpContent ToContent()
    {
        ArraySegment<byte> bytes = _bytes.Segment;
        ByteArrayContent content = new(bytes.Array!, bytes.Offset, _length);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded", "utf-8");
        return content;
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    private void AppendEscaped(ReadOnlySpan<byte> value)
    {
        foreach (byte b in value)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                Append(b);
                continue;
            }

            Append((byte)'%');
            Append((byte)HexDigit(b >> 4));
            Append((byte)HexDigit(b & 15));
        }
    }

    private void Append(byte value)
    {
        if (_length == LongestBody)
        {
            throw InvalidInputException.TooLong();
        }

        _bytes.Span[_length++] = value;
    }

    private static char HexDigit(int value) => "0123456789ABCDEF"[value];
}
