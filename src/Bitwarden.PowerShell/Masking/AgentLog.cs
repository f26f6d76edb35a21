using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Bitwarden.PowerShell.Masking;

/// <summary>
/// Standard output as the log of an agent. Agents read it through a pipe or a socket, so that a terminal and a file are known not to be the log. Who is at
/// the other end of a pipe cannot be known (architecture 11).
/// </summary>
internal static class AgentLog
{
    private const int StandardOutput = -11;
    private const uint DiskFile = 1;

    // The process of a job or a remote session: what it prints is the protocol between the two.
    private const string JobHost = "ServerRemoteHost";

    /// <summary>Why standard output is not the log; null when it may be.</summary>
    /// <param name="hostName">Of the host that the cmdlet runs in.</param>
    internal static string? WhyNot(string hostName)
    {
        if (hostName == JobHost)
        {
            return "this is the process of a job or a remote session";
        }

        return !Console.IsOutputRedirected ? "standard output is a terminal" : IsFile() ? "standard output is a file" : null;
    }

    /// <summary>Writes lines to standard output itself: no transcript has them, and nobody who replaced Console.Out.</summary>
    internal static void Write(IEnumerable<string> lines)
    {
        byte[] bytes = Console.OutputEncoding.GetBytes(TextOf(lines));
        try
        {
            lock (Console.Out)
            {
                using Stream output = Console.OpenStandardOutput();
                output.Write(bytes);
                output.Flush();
            }
        }
        finally
        {
            Array.Clear(bytes);
        }
    }

    /// <summary>The lines, beginning on one of their own: a script may have left one unfinished.</summary>
    internal static string TextOf(IEnumerable<string> lines) => "\n" + string.Concat(lines.Select(line => line + "\n"));

    private static bool IsFile() => OperatingSystem.IsWindows() ? GetFileType(GetStdHandle(StandardOutput)) == DiskFile : IsSeekable();

    private static bool IsSeekable()
    {
        try
        {
            using SafeFileHandle handle = new(1, ownsHandle: false);
            using FileStream stream = new(handle, FileAccess.Write, bufferSize: 0);
            return stream.CanSeek;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Closed, perhaps. Nobody's log.
            return true;
        }
    }

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int handle);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetFileType(nint handle);
}
