using System.Diagnostics;

namespace Bitwarden.Benchmarks.Native;

/// <summary>Another program, started anew for each call.</summary>
internal sealed class ExternalTool
{
    private readonly string _path;

    private ExternalTool(string path)
    {
        _path = path;
    }

    internal Dictionary<string, string> Environment { get; } = [];

    /// <summary>Finds a program on the PATH; null when it is not there.</summary>
    internal static ExternalTool? Find(string name)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        string? path = (System.Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, file))
            .FirstOrDefault(File.Exists);
        return path is null ? null : new ExternalTool(path);
    }

    internal static ExternalTool At(string path) => new(path);

    /// <summary>Runs to the end and gives what was written to standard output.</summary>
    /// <exception cref="InvalidOperationException">The exit code is not 0.</exception>
    internal string Run(IEnumerable<string> arguments, string input = "")
    {
        using Process process = Start(arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{Path.GetFileName(_path)} ended with {process.ExitCode}: {errors.Result.Trim()}");
    }

    /// <summary>Starts with all three streams redirected; the caller ends it.</summary>
    internal Process Start(IEnumerable<string> arguments)
    {
        ProcessStartInfo info = new(_path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in Environment)
        {
            info.Environment[name] = value;
        }

        return Process.Start(info)!;
    }
}
