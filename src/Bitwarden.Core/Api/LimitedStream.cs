using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;

namespace Bitwarden.Core.Api;

/// <summary>
/// The body of an answer, counted as it is read. More than the limit is AnswerTooLarge; a body that cannot be decompressed is an
/// <see cref="InvalidDataException"/>, whatever the decompressor throws.
/// </summary>
internal sealed class LimitedStream : Stream
{
    private readonly Stream _inner;
    private readonly string _host;
    private readonly long _limit;
    private IProgress<WorkProgress>? _listener;
    private WorkStage _stage;
    private long? _total;
    private long _count;

    internal LimitedStream(Stream inner, string host, long limit)
    {
        _inner = inner;
        _host = host;
        _limit = limit;
    }

    /// <summary>Tells whoever listens how much has arrived, from now on.</summary>
    /// <param name="stage">What the body is.</param>
    /// <param name="total">Its length; null when that is not known.</param>
    internal void ReportAs(WorkStage stage, long? total)
    {
        _listener = WorkListener.Current;
        _stage = stage;
        _total = total;
        _listener?.Report(new WorkProgress(stage, 0, total));
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Counted(await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            throw Corrupt();
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Counted(_inner.Read(buffer));
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            throw Corrupt();
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(int read)
    {
        _count += read;
        _listener?.Report(new WorkProgress(_stage, _count, read == 0 ? _count : _total));
        return _count <= _limit ? read : throw ServerException.TooLarge(_host, _limit);
    }

    private static InvalidDataException Corrupt() => new("The compressed body is not valid.");
}
