using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Sessions;

/// <summary>Writes a file that only its owner may read: whole or not at all. On Windows the rights are those of the folder.</summary>
public static class OwnerFile
{
    /// <summary>Writes a file beside its place, and then gives it its name.</summary>
    /// <param name="path">Where. A link is replaced, and not followed.</param>
    /// <param name="content">All of it; stays the caller's.</param>
    /// <param name="overwrite">Whether it may take the place of another file.</param>
    /// <param name="cancellationToken">Ends the work at once; nothing is there then.</param>
    /// <exception cref="LocalFileException">FileExists or FileUnusable.</exception>
    public static async Task WriteAsync(string path, SecretBytes content, bool overwrite, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!overwrite && File.Exists(path))
        {
            throw LocalFileException.Exists(path);
        }

        using TemporaryFile file = TemporaryFile.Beside(path);
        await file.WriteAsync(content.Segment, cancellationToken).ConfigureAwait(false);
        file.MoveTo(path, overwrite);
    }
}
