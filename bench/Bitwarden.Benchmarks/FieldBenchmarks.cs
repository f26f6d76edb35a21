using Bitwarden.Benchmarks.Fixtures;
using BenchmarkDotNet.Attributes;

namespace Bitwarden.Benchmarks;

/// <summary>Verifying and decrypting 50,000 fields of four AES blocks.</summary>
[MemoryDiagnoser]
public class FieldBenchmarks : IDisposable
{
    private readonly SampleFields _fields = new();

    /// <summary>How many threads share the work, and the key.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Ends the keys.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _fields.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The static calls of .NET.</summary>
    [Benchmark(Baseline = true)]
    public long OneShots() =>
        _fields.OnThreads(Threads, share => OneShotCipher.Decrypt(share, _fields.EncryptionKey.ToArray(), _fields.MacKey.ToArray()));

    /// <summary>The module's key.</summary>
    [Benchmark]
    public long SymmetricKey() => _fields.OnThreads(Threads, _fields.DecryptText);
}
