using Bitwarden.Benchmarks.Fixtures;
using Bitwarden.Core.Vault;
using BenchmarkDotNet.Attributes;

namespace Bitwarden.Benchmarks;

/// <summary>A vault of 5,000 logins without its key derivation: reading what the server sent, indexing it, reading one secret.</summary>
[MemoryDiagnoser]
public class VaultBenchmarks
{
    private LargeVault _vault = null!;
    private UnlockedVault _open = null!;
    private int _next;

    /// <summary>Has a test server make the vault.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _vault = LargeVault.CreateAsync().GetAwaiter().GetResult();
        _open = _vault.Open();
    }

    /// <summary>Zeroes the keys.</summary>
    [GlobalCleanup]
    public void CleanUp() => _vault.Dispose();

    /// <summary>JSON to records.</summary>
    [Benchmark]
    public object ParseSync() => _vault.Parse();

    /// <summary>Decrypts every name and makes the names unique.</summary>
    [Benchmark]
    public object UnlockIndex() => _vault.Open();

    /// <summary>Finds an item by its name and decrypts its password.</summary>
    [Benchmark]
    public int ReadSecret()
    {
        _next = (_next % LargeVault.ItemCount) + 1;
        using Core.Crypto.SecretBytes password = _open.Find($"item-{_next:D5}").Password!.Decrypt();
        return password.Length;
    }
}
