using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto;

/// <summary>What is left of a secret, seen in the array itself.</summary>
public sealed class SecretBytesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(SecretBytes.LongestInBlock)]
    [InlineData(SecretBytes.LongestInBlock + 1)]
    public void DisposeZeroesTheMemory(int length)
    {
        SecretBytes secret = new(length);
        secret.Span.Fill(0xA5);
        ArraySegment<byte> memory = secret.Segment;
        secret.Dispose();
        Assert.False(memory.AsSpan().ContainsAnyExcept((byte)0));
        Assert.Throws<ObjectDisposedException>(() => secret.Segment);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(SecretBytes.LongestInBlock + 1)]
    public void TruncateZeroesWhatIsCutOff(int length)
    {
        using SecretBytes secret = new(length);
        secret.Span.Fill(0xA5);
        ArraySegment<byte> memory = secret.Segment;
        secret.Truncate(10);
        Assert.False(memory.AsSpan(10).ContainsAnyExcept((byte)0));
        Assert.False(memory.AsSpan(0, 10).ContainsAnyExcept((byte)0xA5));
    }

    [Fact]
    public void WhatWasZeroedIsNeverGivenToAnotherSecret()
    {
        SecretBytes first = new(64);
        ArraySegment<byte> memory = first.Segment;
        first.Dispose();
        for (int i = 0; i < 5_000; i++)
        {
            using SecretBytes other = new(64);
            other.Span.Fill(0xA5);
            Assert.False(memory.AsSpan().ContainsAnyExcept((byte)0));
        }
    }

    [Fact]
    public void SecretsOfManyThreadsDoNotOverlap()
    {
        ConcurrentBag<SecretBytes> secrets = [];
        Parallel.For(0, 20_000, i =>
        {
            SecretBytes secret = new(sizeof(int) + (i % 40));
            MemoryMarshal.Write(secret.Span, in i);
            secrets.Add(secret);
        });
        Assert.Equal(Enumerable.Range(0, 20_000), secrets.Select(secret => MemoryMarshal.Read<int>(secret.Span)).Order());
    }

    [Fact]
    public void ScratchMemoryIsZeroedAfterEachUse()
    {
        using SymmetricKey key = SymmetricKey.Generate();
        byte[] plain = [.. Enumerable.Repeat((byte)0xA5, 1000)];
        EncString value = key.Encrypt(plain);
        AesCbcHmac cipher = Assert.Single(Idle(key));
        Assert.False(Scratch(cipher).Span.ContainsAnyExcept((byte)0));
        using SecretBytes decrypted = key.Decrypt(value);
        Assert.False(Scratch(cipher).Span.ContainsAnyExcept((byte)0));
        Assert.True(cipher.Decrypt(value).SequenceEqual(plain));
        Assert.True(Scratch(cipher).Span.ContainsAnyExcept((byte)0));
        cipher.Wipe();
        Assert.False(Scratch(cipher).Span.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void ScratchMemoryThatWasTooShortIsZeroed()
    {
        using SymmetricKey key = SymmetricKey.Generate();
        EncString shortValue = key.Encrypt(new byte[100]);
        EncString longValue = key.Encrypt(new byte[10_000]);
        using SecretBytes bytes = key.CopyBytes();
        using AesCbcHmac cipher = new(bytes.Span[..32], bytes.Span[32..]);
        cipher.Decrypt(shortValue);
        ArraySegment<byte> before = Scratch(cipher).Segment;
        cipher.Decrypt(longValue);
        Assert.False(before.AsSpan().ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void ABufferThatGrowsLeavesNothingBehind()
    {
        using SecretBufferWriter buffer = new();
        buffer.GetSpan(100).Fill(0xA5);
        buffer.Advance(100);
        Assert.True(MemoryMarshal.TryGetArray(buffer.GetMemory(), out ArraySegment<byte> before));
        buffer.GetSpan(100_000);
        Assert.False(before.Array.AsSpan(before.Offset - 100, 100).ContainsAnyExcept((byte)0));
        using SecretBytes copy = buffer.ToSecret();
        Assert.Equal((100, false), (copy.Length, copy.Span.ContainsAnyExcept((byte)0xA5)));
    }

    [Fact]
    public void NoSerializerReadsASecret()
    {
        using SecretBytes secret = SecretBytes.FromCharacters("hunter2");
        Assert.Equal("{\"Value\":null}", JsonSerializer.Serialize(new { Value = secret }));
    }

    [Fact]
    public void SmallSecretsStayOutOfDumpsAndSwap()
    {
        Skip.When(!OperatingSystem.IsLinux(), "Only Linux has the advice for memory that is looked at here.");
        using SecretBytes secret = new(32);
        string[] flags = FlagsOf(Marshal.UnsafeAddrOfPinnedArrayElement(secret.Segment.Array!, secret.Segment.Offset));
        Assert.Contains("dd", flags);
        Assert.True(flags.Contains("lo") || !MayLock, "The memory is not locked, though the process may lock memory.");
    }

    private static bool MayLock => File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max locked memory", StringComparison.Ordinal))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[3] is string soft && (!long.TryParse(soft, out long bytes) || bytes >= 64 << 20);

    private static IEnumerable<AesCbcHmac> Idle(SymmetricKey key) => (ConcurrentStack<AesCbcHmac>)Field(key, "_idle");

    private static SecretBytes Scratch(AesCbcHmac cipher) => (SecretBytes)Field(cipher, "_scratch");

    private static object Field(object owner, string name) => owner.GetType().GetField(name, BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(owner)!;

    private static string[] FlagsOf(nint address)
    {
        bool isHere = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string[] range = line.Split(' ')[0].Split('-');
            isHere = range.Length == 2 ? Hex(range[0]) <= address && address < Hex(range[1]) : isHere;
            if (isHere && line.StartsWith("VmFlags:", StringComparison.Ordinal))
            {
                return line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            }
        }

        return [];
    }

    private static nint Hex(string text) => nint.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
