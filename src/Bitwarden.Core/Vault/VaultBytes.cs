using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>
/// The UTF-8 of a sync answer, which every row of the index points into. A holder, so that letting the bytes go frees them whoever still has an item.
/// </summary>
internal sealed class VaultBytes
{
    private volatile byte[]? _bytes;

    /// <summary>Makes the holder that rows are made with; the reader of the answer fills it.</summary>
    internal VaultBytes()
    {
    }

    internal VaultBytes(byte[] bytes)
    {
        _bytes = bytes;
    }

    /// <summary>How many bytes are held; zero once they were let go.</summary>
    internal int Length => _bytes?.Length ?? 0;

    internal bool IsReleased => _bytes is null;

    /// <summary>The bytes; none once they were let go.</summary>
    internal ReadOnlySpan<byte> Span => _bytes;

    /// <summary>A part of the bytes; empty once they were let go.</summary>
    internal ReadOnlySpan<byte> Slice(ByteRange range) => _bytes is byte[] bytes ? bytes.AsSpan(range.Start, range.Length) : default;

    internal void Fill(byte[] bytes) => _bytes = bytes;

    /// <summary>Lets the bytes go.</summary>
    internal void Release() => _bytes = null;
}
