using Bitwarden.Core.Crypto;
using BenchmarkDotNet.Attributes;

namespace Bitwarden.Benchmarks;

/// <summary>Deriving the master key with the settings that accounts have.</summary>
public class KdfBenchmarks
{
    private static readonly byte[] s_password = "correct horse battery staple"u8.ToArray();

    /// <summary>Argon2id, the vendor's default of many years.</summary>
    [Benchmark]
    public void Argon2id64MiB() => Derive(new KdfSettings(KdfType.Argon2id, 3, 64, 4));

    /// <summary>Argon2id, the vendor's newer default.</summary>
    [Benchmark]
    public void Argon2id32MiB() => Derive(new KdfSettings(KdfType.Argon2id, 6, 32, 4));

    /// <summary>PBKDF2, the default of most accounts.</summary>
    [Benchmark]
    public void Pbkdf2() => Derive(KdfSettings.DefaultPbkdf2);

    private static void Derive(KdfSettings settings) => MasterKey.Derive(s_password, "bench@example.org", settings).Dispose();
}
