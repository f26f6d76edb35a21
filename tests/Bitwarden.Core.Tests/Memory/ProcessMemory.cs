using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Bitwarden.Core.Tests.Memory;

/// <summary>Reads everything that another process of this user could write to (Linux).</summary>
internal static class ProcessMemory
{
    private const int PieceLength = 1 << 20;

    /// <summary>Counts the copies of each needle.</summary>
    internal static Dictionary<Needle, int> Count(int process, IReadOnlyList<Needle> needles)
    {
        Dictionary<Needle, int> counts = needles.ToDictionary(needle => needle, _ => 0);
        using SafeFileHandle memory = File.OpenHandle($"/proc/{process}/mem");
        foreach ((long start, long end) in Writable(process))
        {
            Search(memory, start, end, counts);
        }

        return counts;
    }

    private static IEnumerable<(long Start, long End)> Writable(int process) =>
        from line in File.ReadLines($"/proc/{process}/maps").ToArray()
        let parts = line.Split(' ', 3)
        where parts[1].StartsWith("rw", StringComparison.Ordinal)
        let range = parts[0].Split('-')
        select (Hex(range[0]), Hex(range[1]));

    private static long Hex(string text) => long.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    // Each piece begins with the end of the one before, as far as a needle and what stands before it may reach.
    private static void Search(SafeFileHandle memory, long start, long end, Dictionary<Needle, int> counts)
    {
        byte[] buffer = new byte[Needle.Reach + PieceLength];
        int kept = 0;
        for (long at = start; at < end; at += PieceLength)
        {
            int length = Read(memory, buffer.AsSpan(kept, (int)Math.Min(PieceLength, end - at)), at);
            ReadOnlySpan<byte> piece = buffer.AsSpan(0, kept + length);
            if (piece.ContainsAnyExcept((byte)0))
            {
                foreach (Needle needle in counts.Keys)
                {
                    counts[needle] += needle.CountIn(piece, kept);
                }
            }

            int keep = Math.Min(Needle.Reach, piece.Length);
            piece[^keep..].CopyTo(buffer);
            kept = keep;
        }
    }

    private static int Read(SafeFileHandle memory, Span<byte> target, long at)
    {
        try
        {
            int read = RandomAccess.Read(memory, target, at);
            target[read..].Clear();
        }
        catch (IOException)
        {
            // Guard pages and the like.
            target.Clear();
        }

        return target.Length;
    }
}
