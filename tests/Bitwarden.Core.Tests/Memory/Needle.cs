using System.Text;

namespace Bitwarden.Core.Tests.Memory;

/// <summary>Bytes that should be nowhere.</summary>
/// <param name="Secret">What they are.</param>
/// <param name="Form">In which form.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record Needle(string Secret, string Form, byte[] Bytes)
{
    /// <summary>How far before the bytes, and how long themselves, they are looked at.</summary>
    internal const int Reach = 8192;

    // What a connection of .NET wrote or read last stays in its buffers, behind the head of a request or an answer; these begin with it.
    private const int ConnectionBuffer = 4096;
    // The last two are for heads whose beginning was overwritten by later traffic.
    private static readonly byte[][] s_heads =
    [
        "POST /identity/connect/token "u8.ToArray(), "POST /api/"u8.ToArray(), "GET /api/"u8.ToArray(), "HTTP/1.1 200 "u8.ToArray(),
        "Content-Type: application/json"u8.ToArray(), "Transfer-Encoding: chunked\r\n"u8.ToArray(),
    ];

    internal static IEnumerable<Needle> Binary(string secret, byte[] bytes) => [new(secret, "bytes", bytes)];

    internal static IEnumerable<Needle> Text(string secret, string text) =>
    [
        new(secret, "UTF-8", Encoding.UTF8.GetBytes(text)), new(secret, "UTF-16", Encoding.Unicode.GetBytes(text)),
    ];

    /// <summary>Both halves of a key, and the whole in base64.</summary>
    internal static IEnumerable<Needle> Key(string secret, byte[] key) =>
    [
        .. Binary(secret + ", encryption half", key[..32]), .. Binary(secret + ", MAC half", key[32..]),
        .. Text(secret + ", base64", Convert.ToBase64String(key)),
    ];

    /// <summary>Whether the copies may stand in the buffer of a connection, because the secret was sent or received.</summary>
    internal bool Travelled { get; init; }

    /// <summary>Counts the copies that end behind a place.</summary>
    internal int CountIn(ReadOnlySpan<byte> piece, int from)
    {
        int count = 0;
        for (int at = Math.Max(0, from - Bytes.Length + 1); at < piece.Length; at++)
        {
            int next = piece[at..].IndexOf(Bytes);
            if (next < 0)
            {
                break;
            }

            at += next;
            count += Travelled && IsInConnection(piece[Math.Max(0, at - ConnectionBuffer)..at]) ? 0 : 1;
        }

        return count;
    }

    private static bool IsInConnection(ReadOnlySpan<byte> before)
    {
        foreach (byte[] head in s_heads)
        {
            if (before.IndexOf(head) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Secret}, {Form}";
}
