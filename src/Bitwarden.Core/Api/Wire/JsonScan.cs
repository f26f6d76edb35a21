using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Bitwarden.Core.Api.Wire;

/// <summary>
/// Finds its way through JSON text without looking at each token, for parts that nobody wants to know. Loops are optimised from the start: a fresh process
/// runs everything else unoptimised for its first seconds.
/// </summary>
internal static class JsonScan
{
    /// <summary>Where the next thing begins that is not white space.</summary>
    /// <exception cref="JsonException">The text ends before.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>Where a value ends. What is inside is not checked.</summary>
    /// <param name="json">The text.</param>
    /// <param name="start">Where the value begins.</param>
    /// <exception cref="JsonException">The text ends before.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int EndOfValue(ReadOnlySpan<byte> json, int start) => json[start] switch
    {
        (byte)'"' => EndOfString(json, start),
        (byte)'{' or (byte)'[' => EndOfNested(json, start),
        _ => EndOfLiteral(json, start),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int EndOfNested(ReadOnlySpan<byte> json, int start)
    {
        int depth = 0;
        for (int at = start; at < json.Length; at++)
        {
            switch (json[at])
            {
                case (byte)'"':
                    at = EndOfString(json, at) - 1;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when --depth == 0:
                    return at + 1;
            }
        }

        throw new JsonException("The text is incomplete.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int EndOfLiteral(ReadOnlySpan<byte> json, int start)
    {
        int at = start;
        while (at < json.Length && json[at] is not ((byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
        {
            at++;
        }

        return at;
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
