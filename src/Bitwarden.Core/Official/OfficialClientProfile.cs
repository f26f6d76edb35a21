using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Official;

/// <summary>
/// Where the official client keeps its data (protocol 10.2), and how to read it without disturbing the client: the whole file at once, sharing everything,
/// taking no lock, writing nothing.
/// </summary>
internal sealed class OfficialClientProfile
{
    private const string FileName = "data.json";
    private const string FolderName = "Bitwarden CLI";
    private const int Attempts = 10;

    // For each value that it stores, the client empties the file and writes it again, and during a sync the items are missing for a
    // while: about ten milliseconds each.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private OfficialClientProfile(string path)
    {
        Path = path;
    }

    /// <summary>The data file.</summary>
    internal string Path { get; }

    /// <summary>Finds the data file.</summary>
    /// <param name="path">The file or its folder; null for where the client itself would look.</param>
    /// <exception cref="OfficialClientException">OfficialClientNotFound.</exception>
    internal static OfficialClientProfile Locate(string? path)
    {
        string given = path ?? StandardFolder(OfficialClientPlatform.Current);
        string file = Directory.Exists(given) ? System.IO.Path.Combine(given, FileName) : given;
        return File.Exists(file) ? new OfficialClientProfile(file) : throw OfficialClientException.NotFound(file);
    }

    /// <summary>The folder that the client itself would use, first hit first.</summary>
    internal static string StandardFolder(OfficialClientPlatform platform) =>
        PortableFolder(platform)
        ?? platform.FullPath("BITWARDENCLI_APPDATA_DIR")
        ?? (platform.IsMacOS ? System.IO.Path.Combine(platform.Home, "Library", "Application Support", FolderName) : null)
        ?? (platform.IsWindows ? System.IO.Path.Combine(platform.Variable("APPDATA") ?? platform.Home, FolderName) : null)
        ?? System.IO.Path.Combine(platform.Variable("XDG_CONFIG_HOME") ?? System.IO.Path.Combine(platform.Home, ".config"), FolderName);

    /// <summary>Reads the file. While the client writes, it is empty, cut off or without some values, so reading is tried again for a second.</summary>
    /// <param name="read">Takes what it needs; the data is zeroed afterwards.</param>
    /// <param name="time">For the pauses.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="OfficialClientException">
    /// OfficialClientNotFound, OfficialClientUnreadable, OfficialClientNotLoggedIn or OfficialClientUnknownLayout.
    /// </exception>
    internal async Task<T> ReadAsync<T>(Func<OfficialClientState, T> read, TimeProvider time, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using OfficialClientState state = Parse(ReadContent());
                return read(state);
            }
            catch (OfficialClientException e) when (attempt < Attempts && e.MayPass)
            {
                await Task.Delay(s_pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private SecretBytes ReadContent()
    {
        try
        {
            using FileStream stream = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            SecretBytes content = new(checked((int)stream.Length));
            content.Truncate(stream.ReadAtLeast(content.Span, content.Length, throwOnEndOfStream: false));
            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw OfficialClientException.NotFound(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OverflowException)
        {
            throw OfficialClientException.Unreadable(Path, e is UnauthorizedAccessException ? "access is denied." : "the file cannot be opened.");
        }
    }

    private OfficialClientState Parse(SecretBytes content)
    {
        try
        {
            return new OfficialClientState(JsonDocument.Parse(content.Segment), content, Path);
        }
        catch (JsonException)
        {
            content.Dispose();
            throw OfficialClientException.Unreadable(Path, "it is empty or incomplete JSON. If the client is busy, try again when it has finished.");
        }
    }

    // The client as one executable prefers a folder beside itself; there is one wherever bw was unpacked.
    private static string? PortableFolder(OfficialClientPlatform platform) => platform.SearchPath
        .Select(folder => System.IO.Path.Combine(folder, platform.IsWindows ? "bw.exe" : "bw"))
        .Where(File.Exists)
        .Take(1)
        .Select(program => System.IO.Path.Combine(FolderOf(program), "bw-data"))
        .FirstOrDefault(Directory.Exists);

    private static string FolderOf(string program)
    {
        string target = File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program;
        return System.IO.Path.GetDirectoryName(target)!;
    }
}
