using System.ComponentModel;
using System.Diagnostics;
using Bitwarden.Core.Crypto;

namespace Bitwarden.PowerShell.Desktop;

/// <summary>
/// A program by its full path, found on the PATH and never in the current folder, with its arguments. A value only ever goes through standard input and output.
/// </summary>
internal sealed class DesktopProgram
{
    // A clipboard whose owner hangs does not answer at all.
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(3);
    private readonly string _path;
    private readonly string[] _arguments;

    private DesktopProgram(string path, string[] arguments)
    {
        _path = path;
        _arguments = arguments;
    }

    /// <summary>Where a program is; null when it is not there.</summary>
    internal static string? PathOf(string name) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>The program; null when it is not there.</summary>
    internal static DesktopProgram? Find(string name, params string[] arguments) =>
        PathOf(name) is string path ? new DesktopProgram(path, arguments) : null;

    /// <summary>Runs it with these bytes as input. Its output is not looked at: what it starts may go on, and keep it open.</summary>
    /// <returns>Whether it succeeded.</returns>
    internal bool TryWrite(ReadOnlySpan<byte> input)
    {
        using Process? process = TryStart();
        try
        {
            process?.StandardInput.BaseStream.Write(input);
            process?.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }

        return process is not null && HasSucceeded(process);
    }

    /// <summary>Runs it and reads what it prints, but no more than one byte beyond a length.</summary>
    /// <returns>What it printed; null if it failed.</returns>
    internal SecretBytes? TryRead(int length)
    {
        using Process? process = TryStart();
        if (process is null)
        {
            return null;
        }

        process.StandardInput.Close();
        using CancellationTokenSource limit = new(s_timeLimit);
        using CancellationTokenRegistration ending = limit.Token.Register(() => End(process));
        using SecretBytes read = new(length + 1);
        int count = ReadFully(process.StandardOutput.BaseStream, read);
        return count <= length && HasSucceeded(process) ? new SecretBytes(read.Span[..count]) : null;
    }

    /// <summary>Runs it, and leaves it alone once it has run for a while.</summary>
    /// <returns>Whether it succeeded or still runs.</returns>
    internal bool TryLaunch()
    {
        using Process? process = TryStart();
        process?.StandardInput.Close();
        return process is not null && (!process.WaitForExit(s_timeLimit) || process.ExitCode == 0);
    }

    private static int ReadFully(Stream stream, SecretBytes into)
    {
        int total = 0;
        try
        {
            for (int count; total < into.Length && (count = stream.Read(into.Span[total..])) > 0;)
            {
                total += count;
            }
        }
        catch (IOException)
        {
            // What was read so far is not the whole.
            return 0;
        }

        return total;
    }

    private Process? TryStart()
    {
        ProcessStartInfo start = new(_path)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true,
        };
        foreach (string argument in _arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Apple's programs take bytes for another encoding otherwise.
        start.Environment["LC_CTYPE"] = "UTF-8";
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static bool HasSucceeded(Process process)
    {
        if (process.WaitForExit(s_timeLimit))
        {
            return process.ExitCode == 0;
        }

        End(process);
        return false;
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
        }
    }
}
