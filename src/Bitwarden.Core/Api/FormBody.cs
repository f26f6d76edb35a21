using System.Net.Http.Headers;
using System.Text;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Api;

/// <summary>
/// The body of a token request (application/x-www-form-urlencoded), built in memory that is zeroed afterwards,
/// because one of its values is a secret that must not become a string.
/// </summary>
internal sealed class FormBody : IDisposable
{
    private const int LongestSecret = 1024;
    private readonly SecretBytes _bytes;
    private int _length;

    internal FormBody(IEnumerable<KeyValuePair<string, string>> fields, string secretField, SecretBytes secret)
    {
        StringBuilder plain = new();
        foreach ((string name, string value) in fields)
        {
            plain.Append(name).Append('=').Append(Uri.EscapeDataString(value)).Append('&');
        }

        plain.Append(secretField).Append('=');
        byte[] head = Encoding.ASCII.GetBytes(plain.ToString());
        _bytes = new SecretBytes(head.Length + (3 * Math.Min(secret.Length, LongestSecret)));
        head.CopyTo(_bytes.Span);
        _length = head.Length;
        AppendEscaped(secret.Span[..Math.Min(secret.Length, LongestSecret)]);
    }

    internal HttpContent ToContent()
    {
        ByteArrayContent content = new(_bytes.Array, 0, _length);
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
                _bytes.Span[_length++] = b;
                continue;
            }

            _bytes.Span[_length++] = (byte)'%';
            _bytes.Span[_length++] = (byte)HexDigit(b >> 4);
            _bytes.Span[_length++] = (byte)HexDigit(b & 15);
        }
    }

    private static char HexDigit(int value) => "0123456789ABCDEF"[value];
}
