using System.Net;
using Bitwarden.Core.Reporting;

namespace Bitwarden.Core.Api;

/// <summary>A file on its way to a server, read as it is sent. Can be sent again, from the start; stays the caller's.</summary>
internal sealed class FileContent : HttpContent
{
    private const int PieceLength = 64 * 1024;
    private readonly Stream _file;
    private readonly IProgress<WorkProgress>? _listener = WorkListener.Current;

    internal FileContent(Stream file)
    {
        _file = file;
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _file.Position = 0;
        byte[] piece = new byte[PieceLength];
        for (int read; (read = await _file.ReadAsync(piece, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            await stream.WriteAsync(piece.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            _listener?.Report(new WorkProgress(WorkStage.UploadingFile, _file.Position, _file.Length));
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _file.Length;
        return true;
    }
}
