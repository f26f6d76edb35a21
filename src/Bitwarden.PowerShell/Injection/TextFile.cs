using System.Text;
using Bitwarden.Core.Errors;

namespace Bitwarden.PowerShell.Injection;

/// <summary>A text file of the user's: UTF-8, and not larger than it may be.</summary>
/// <param name="Text">What is in it, without the mark.</param>
/// <param name="HasMark">Whether it begins with a byte order mark.</param>
internal sealed record TextFile(string Text, bool HasMark)
{
    private const char Mark = '\uFEFF';

    /// <param name="path">Of the operating system.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="refuse">Makes the failure, of its reason.</param>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    internal static TextFile Read(string path, int limit, Func<string, BitwardenException> refuse)
    {
        try
        {
            byte[] content = ReadBytes(path, limit) ?? throw refuse($"The file is larger than {limit / 1024 / 1024} MB.");
            string text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content);
            return text.StartsWith(Mark) ? new TextFile(text[1..], HasMark: true) : new TextFile(text, HasMark: false);
        }
        catch (DecoderFallbackException)
        {
            throw refuse("The file is not UTF-8.");
        }
        catch (Exception e) when (LocalFileException.IsReason(e))
        {
            throw LocalFileException.Unreadable(path, e);
        }
    }

    // A pipe does not know its length. Null for too much.
    private static byte[]? ReadBytes(string path, int limit)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        using MemoryStream content = new();
        byte[] piece = new byte[64 * 1024];
        for (int read; (read = stream.Read(piece)) > 0;)
        {
            content.Write(piece, 0, read);
            if (content.Length > limit)
            {
                return null;
            }
        }

        return content.ToArray();
    }
}
