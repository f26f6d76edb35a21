using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace Bitwarden.Core.Tests.Memory;

/// <summary>The process whose memory is looked at. It is our child, so that even a careful system lets us read it.</summary>
internal sealed class ProbeProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    internal ProbeProcess(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("BW_", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    internal int Id => _process.Id;

    /// <summary>Gives texts, each with its length.</summary>
    internal async Task WriteAsync(params string[] texts)
    {
        foreach (byte[] text in texts.Select(Encoding.UTF8.GetBytes))
        {
            byte[] length = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            await Input.WriteAsync(length);
            await Input.WriteAsync(text);
        }

        await Input.FlushAsync();
    }

    internal async Task<string> ReadAsync()
    {
        byte[] length = new byte[sizeof(int)];
        await ReadAsync(length);
        byte[] text = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        await ReadAsync(text);
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>Waits until the process has collected, and counts; it goes on afterwards.</summary>
    internal async Task<Dictionary<Needle, int>> CountAsync(Func<IReadOnlyList<Needle>> needles)
    {
        await ReadAsync(new byte[1]);
        Dictionary<Needle, int> counts = ProcessMemory.Count(Id, needles());
        Input.WriteByte((byte)'.');
        await Input.FlushAsync();
        return counts;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private Stream Input => _process.StandardInput.BaseStream;

    private async Task ReadAsync(byte[] target)
    {
        int read = await _process.StandardOutput.BaseStream.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length)
        {
            throw new InvalidOperationException($"The probe ended: {await _errors}");
        }
    }
}
