using System.Diagnostics;
using System.Globalization;
using Bitwarden.Benchmarks.Fixtures;

namespace Bitwarden.Benchmarks.Native;

/// <summary>bench/field-decrypt.c, compiled and running: decrypts the same fields whenever it is asked to.</summary>
internal sealed class FieldProgram : IDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly Process _process;

    private FieldProgram(DirectoryInfo directory, Process process)
    {
        _directory = directory;
        _process = process;
    }

    /// <summary>Compiles and starts the program.</summary>
    /// <exception cref="InvalidOperationException">There is no compiler, or it found no OpenSSL headers.</exception>
    internal static FieldProgram Start(SampleFields fields)
    {
        ExternalTool compiler = ExternalTool.Find("cc") ?? throw new InvalidOperationException("no C compiler (cc)");
        DirectoryInfo directory = Directory.CreateTempSubdirectory("bw-bench-");
        string program = Path.Combine(directory.FullName, "field-decrypt");
        string data = Path.Combine(directory.FullName, "fields");
        compiler.Run(["-O2", "-o", program, Path.Combine(AppContext.BaseDirectory, "Native", "field-decrypt.c"), "-lcrypto", "-lpthread"]);
        fields.Save(data);
        return new FieldProgram(directory, ExternalTool.At(program).Start([data]));
    }

    /// <summary>Milliseconds for all fields, measured by the program itself.</summary>
    internal double Decrypt(int threads)
    {
        _process.StandardInput.WriteLine(threads);
        _process.StandardInput.Flush();
        long[] answer = [.. _process.StandardOutput.ReadLine()!.Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        return answer[1] == SampleFields.Count
            ? answer[0] / 1e6
            : throw new InvalidOperationException($"only {answer[1]} fields verified");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }
}
