using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Transfer;

/// <summary>
/// Takes a table apart (RFC 4180): commas, quotes that are doubled within quotes, lines that end in any way. Line breaks within a cell become those of the
/// official client.
/// </summary>
internal sealed class CsvReader
{
    private readonly SecretBytes _text;
    private int _at;

    /// <param name="text">In UTF-8; stays the caller's.</param>
    internal CsvReader(SecretBytes text)
    {
        _text = text;
        _at = text.Length - TransferFile.Text(text).Length;
    }

    /// <summary>The line that was read last, counted from one.</summary>
    internal int Line { get; private set; }

    private bool IsAtEnd => _at >= _text.Length;

    /// <summary>Reads a row; null at the end. Lines without anything are passed over.</summary>
    /// <returns>The cells, which the caller disposes.</returns>
    /// <exception cref="TransferException">InvalidExportFile: a quote has no counterpart.</exception>
    internal CsvRow? ReadRow()
    {
        while (!IsAtEnd)
        {
            Line++;
            CsvRow row = new();
            do
            {
                row.Add(ReadCell());
            }
            while (Take(','));
            EndLine();
            if (!row.IsBlank)
            {
                return row;
            }

            row.Dispose();
        }

        return null;
    }

    private SecretBytes ReadCell()
    {
        if (!IsAtEnd && _text.Span[_at] == '"')
        {
            return ReadQuoted();
        }

        ReadOnlySpan<byte> rest = _text.Span[_at..];
        int end = rest.IndexOfAny(",\r\n"u8);
        SecretBytes cell = new(end < 0 ? rest : rest[..end]);
        _at += cell.Length;
        return cell;
    }

    private SecretBytes ReadQuoted()
    {
        int line = Line;
        using SecretBufferWriter cell = new();
        for (_at++; !IsAtEnd; _at++)
        {
            byte b = _text.Span[_at];
            if (b == '"')
            {
                _at++;
                if (IsAtEnd || _text.Span[_at] != '"')
                {
                    return cell.ToSecret();
                }
            }

            Add(cell, b);
        }

        throw TransferException.InvalidFile($"line {line}", "a quote has no counterpart");
    }

    // The official client makes one kind of line break of all before it looks at anything else.
    private void Add(SecretBufferWriter cell, byte b)
    {
        if (b == '\r')
        {
            bool isPair = _at + 1 < _text.Length && _text.Span[_at + 1] == '\n';
            _at += isPair ? 1 : 0;
            b = (byte)'\n';
        }

        Line += b == '\n' ? 1 : 0;
        cell.GetSpan(1)[0] = b;
        cell.Advance(1);
    }

    private bool Take(char wanted)
    {
        bool isThere = !IsAtEnd && _text.Span[_at] == wanted;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private void EndLine()
    {
        bool isEnd = Take('\r') | Take('\n');
        if (!isEnd && !IsAtEnd)
        {
            throw TransferException.InvalidFile($"line {Line}", "there is text behind a closing quote");
        }
    }
}
