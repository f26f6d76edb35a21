using System.Text.Json;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Finds its way through JSON text without looking at each token, for parts that nobody wants to know.</summary>
internal static class JsonScan
{
    /// <summary>Where the next thing begins that is not white space.</summary>
    /// <exception cref="JsonException">The text ends before.</exception>
    internal static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at < json.Length ? at : throw new JsonException("The text is incomplete.");
    }

    /// <summary>Where a string ends. What is inside is not checked.</summary>
    /// <param name="json">The text.</param>
    /// <param name="quote">Where the string begins.</param>
    /// <exception cref="JsonException">The text ends before.</exception>
    internal static int EndOfString(ReadOnlySpan<byte> json, int quote)
    {
        int at = quote + 1;
        while (json[at..].IndexOf((byte)'"') is int length and >= 0)
        {
            at += length + 1;
            if (!IsEscaped(json, at - 1))
            {
                return at;
            }
        }

        throw new JsonException("The text is incomplete.");
    }

    // The quote before stops the count at the latest.
    private static bool IsEscaped(ReadOnlySpan<byte> json, int quote)
    {
        int before = quote - 1;
        while (json[before] == '\\')
        {
            before--;
        }

        return (quote - before) % 2 == 0;
    }
}
