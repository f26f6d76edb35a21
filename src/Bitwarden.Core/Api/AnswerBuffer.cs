using System.Buffers;
using System.Runtime.InteropServices;

namespace Bitwarden.Core.Api;

/// <summary>
/// Holds a whole answer while it is read. Not in the collector's heap: there an answer of unknown length would leave its size twice over in outgrown arrays,
/// and have everything else collected.
/// </summary>
internal sealed class AnswerBuffer : MemoryManager<byte>
{
    private const int Least = 64 * 1024;
    private unsafe byte* _bytes;
    private int _capacity;
    private int _length;

    private unsafe AnswerBuffer(int capacity)
    {
        _bytes = (byte*)NativeMemory.Alloc((nuint)capacity);
        _capacity = capacity;
    }

    /// <summary>Reads a body to its end; its reader stops at the limit that the call has.</summary>
    /// <param name="body">The body.</param>
    /// <param name="length">What its length is said to be; null for unknown.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    internal static async Task<AnswerBuffer> ReadAsync(Stream body, long? length, CancellationToken cancellationToken)
    {
        // With room for the attempt that finds the end.
        AnswerBuffer answer = new((int)Math.Clamp(length + 1 ?? 0, Least, int.MaxValue));
        try
        {
            while (await answer.ReadMoreAsync(body, cancellationToken).ConfigureAwait(false))
            {
            }

            return answer;
        }
        catch
        {
            ((IDisposable)answer).Dispose();
            throw;
        }
    }

    /// <summary>The answer.</summary>
    public override Memory<byte> Memory => CreateMemory(_length);

    /// <inheritdoc/>
    public override unsafe Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_bytes is null, this);
        return new Span<byte>(_bytes, _capacity);
    }

    /// <inheritdoc/>
    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_bytes is null, this);
        return new MemoryHandle(_bytes + elementIndex);
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override unsafe void Dispose(bool disposing)
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
    }

    private async ValueTask<bool> ReadMoreAsync(Stream body, CancellationToken cancellationToken)
    {
        if (_length == _capacity)
        {
            Grow();
        }

        int read = await body.ReadAsync(CreateMemory(_length, _capacity - _length), cancellationToken).ConfigureAwait(false);
        _length += read;
        return read > 0;
    }

    private unsafe void Grow()
    {
        int capacity = checked(2 * _capacity);
        _bytes = (byte*)NativeMemory.Realloc(_bytes, (nuint)capacity);
        _capacity = capacity;
    }
}
