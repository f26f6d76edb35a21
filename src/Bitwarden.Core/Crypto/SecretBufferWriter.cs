using System.Buffers;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// Collects output that holds secrets, such as JSON, in memory that is zeroed: each place that it grew out of, and the last one on <see cref="Dispose"/>.
/// </summary>
internal sealed class SecretBufferWriter : IBufferWriter<byte>, IDisposable
{
    private SecretBytes _bytes = new(1024);
    private int _length;

    /// <summary>A copy of what was written.</summary>
    internal SecretBytes ToSecret() => new(_bytes.Span[.._length]);

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(sizeHint, 1));
        return _bytes.Segment.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    private void Grow(int more)
    {
        if (_bytes.Length - _length >= more)
        {
            return;
        }

        SecretBytes old = _bytes;
        _bytes = new SecretBytes(Math.Max(2 * old.Length, _length + more));
        old.Span[.._length].CopyTo(_bytes.Span);
        old.Dispose();
    }
}
