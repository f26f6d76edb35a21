using System.Diagnostics;

namespace Bitwarden.Interop.Tests;

/// <summary>Runs a program to its end.</summary>
internal static class ChildProcess
{
    /// <summary>Finds a program in the PATH; null when there is none.</summary>
    internal static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    /// <exception cref="TimeoutException">It took too long and was ended, with its children.</exception>
    internal static async Task<ProcessResult> RunAsync(string program, IEnumerable<string> arguments, ProcessInput input)
    {
        using Process process = Process.Start(Describe(program, arguments, input))!;
        using CancellationTokenSource limit = new(input.TimeLimit);
        try
        {
            using MemoryStream output = new();
            Task reading = process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            await WriteAsync(process, input.Text);
            await reading;
            await process.WaitForExitAsync(limit.Token);
            return new ProcessResult(process.ExitCode, output.ToArray(), await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Path.GetFileName(program)} took longer than {input.TimeLimit}.");
        }
    }

    private static async Task WriteAsync(Process process, string text)
    {
        try
        {
            await process.StandardInput.WriteAsync(text);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input.
        }
    }

    private static ProcessStartInfo Describe(string program, IEnumerable<string> arguments, ProcessInput input)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = input.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (input.Environment is null)
        {
            return start;
        }

        start.Environment.Clear();
        foreach ((string name, string value) in input.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
