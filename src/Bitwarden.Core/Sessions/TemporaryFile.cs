using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// A file that only its owner may read, and that is gone with this object unless it gets a name before. On Windows the rights are those of the folder.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int PieceLength = 64 * 1024;
    private readonly string _path;
    private readonly string _meantFor;

    private TemporaryFile(FileStream stream, string meantFor)
    {
        Stream = stream;
        _path = stream.Name;
        _meantFor = meantFor;
    }

    internal FileStream Stream { get; }

    /// <summary>Makes one in the folder of another file, so that it can take its place at one stroke.</summary>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    internal static TemporaryFile Beside(string path) => Create(() => Path.GetDirectoryName(Path.GetFullPath(path))!, path);

    /// <summary>Makes one in the folder for temporary files.</summary>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    internal static TemporaryFile Make() => Create(Path.GetTempPath, Path.GetTempPath());

    /// <summary>Takes all of a stream, and nothing of what was there before.</summary>
    /// <param name="source">Read as it comes; its failures stay as they are.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    internal async Task FillAsync(Stream source, CancellationToken cancellationToken)
    {
        Stream.SetLength(0);
        Stream.Position = 0;
        byte[] piece = new byte[PieceLength];
        for (int read; (read = await source.ReadAtLeastAsync(piece, PieceLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            await WriteAsync(piece.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a piece. A failure is told apart from what breaks in the network, which is tried again.</summary>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    internal async Task WriteAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        try
        {
            await Stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw LocalFileException.Unwritable(_meantFor, e);
        }
    }

    /// <summary>Gives the file its name, whole.</summary>
    /// <param name="path">In the same folder.</param>
    /// <param name="overwrite">Whether it may take the place of another file.</param>
    /// <exception cref="LocalFileException">FileExists or FileUnusable.</exception>
    internal void MoveTo(string path, bool overwrite)
    {
        try
        {
            Stream.Flush(flushToDisk: true);
            Stream.Dispose();
            File.Move(_path, path, overwrite);
        }
        catch (Exception e) when (LocalFileException.IsReason(e))
        {
            throw !overwrite && File.Exists(path) ? LocalFileException.Exists(path) : LocalFileException.Unwritable(path, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (LocalFileException.IsReason(e))
        {
            // The folder is gone, or may not be written any more. What failed before is the thing to tell.
        }
    }

    private static TemporaryFile Create(Func<string> folder, string meantFor)
    {
        try
        {
            FileStreamOptions options = new()
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.Asynchronous,

                // No copy of the content in a buffer that nobody zeroes.
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            return new TemporaryFile(new FileStream(Path.Combine(folder(), $".bw-{Guid.NewGuid():N}.tmp"), options), meantFor);
        }
        catch (Exception e) when (LocalFileException.IsReason(e))
        {
            throw LocalFileException.Unwritable(meantFor, e);
        }
    }
}
