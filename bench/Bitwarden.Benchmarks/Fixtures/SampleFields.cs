using Bitwarden.Core.Crypto;

namespace Bitwarden.Benchmarks.Fixtures;

/// <summary>Encrypted fields as a large vault has them: type 2, four AES blocks each, all under one key.</summary>
internal sealed class SampleFields : IDisposable
{
    internal const int Count = 50_000;
    private const int TextLength = 60;
    private readonly byte[] _keyBytes;

    internal SampleFields()
    {
        Key = SymmetricKey.Generate();
        using SecretBytes bytes = Key.CopyBytes();
        _keyBytes = bytes.Span.ToArray();
        Fields = [.. Enumerable.Range(0, Count).Select(i => Key.EncryptText($"field {i:D5} ".PadRight(TextLength, 'x')))];
    }

    internal SymmetricKey Key { get; }

    internal EncString[] Fields { get; }

    internal ReadOnlySpan<byte> EncryptionKey => _keyBytes.AsSpan(0, _keyBytes.Length / 2);

    internal ReadOnlySpan<byte> MacKey => _keyBytes.AsSpan(_keyBytes.Length / 2);

    /// <summary>Runs something over all fields, in equal shares on a number of threads; what it returns is added up.</summary>
    internal long OnThreads(int threads, Func<ArraySegment<EncString>, long> decryptShare)
    {
        long total = 0;
        Thread[] crew = [.. Enumerable.Range(0, threads).Select(i => new Thread(() => Interlocked.Add(ref total, decryptShare(Share(i, threads)))))];
        Array.ForEach(crew, thread => thread.Start());
        Array.ForEach(crew, thread => thread.Join());
        return total;
    }

    /// <summary>What the module does: one key for all threads, text as the result.</summary>
    internal long DecryptText(ArraySegment<EncString> fields)
    {
        long length = 0;
        foreach (EncString field in fields)
        {
            length += Key.DecryptText(field).Length;
        }

        return length;
    }

    /// <summary>The form that bench/field-decrypt.c reads.</summary>
    internal void Save(string path)
    {
        using FileStream file = File.Create(path);
        file.Write(_keyBytes);
        foreach (EncString field in Fields)
        {
            file.Write(field.Iv);
            file.Write(field.Data);
            file.Write(field.Mac);
        }
    }

    public void Dispose() => Key.Dispose();

    private ArraySegment<EncString> Share(int index, int threads)
    {
        int first = Count * index / threads;
        return new ArraySegment<EncString>(Fields, first, (Count * (index + 1) / threads) - first);
    }
}
