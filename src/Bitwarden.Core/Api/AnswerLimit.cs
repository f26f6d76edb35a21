namespace Bitwarden.Core.Api;

/// <summary>How many bytes of an answer are read at most, by kind of call and after decompression.</summary>
internal static class AnswerLimit
{
    /// <summary>An error's body, of which a sentence is shown at most.</summary>
    internal const int Error = 64 * 1024;

    /// <summary>Everything but a sync and files.</summary>
    internal const int Small = 4 * 1024 * 1024;

    // Type, IV, MAC, and at most a block of padding: what encryption adds to a file (protocol 5.9).
    private const int Encryption = 1 + 16 + 32 + 16;

    /// <summary>A file, whose size the server has told before.</summary>
    /// <param name="announced">The size of the file or of its encrypted form; null when it is not known.</param>
    /// <param name="largest">The most that any answer may have.</param>
    internal static long OfFile(long? announced, long largest) =>
        announced is long size && size > 0 && size < largest - Encryption ? size + Encryption : largest;
}
