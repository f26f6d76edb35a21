using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Bitwarden.Core.Crypto;
using Microsoft.Win32.SafeHandles;

namespace Bitwarden.MemoryProbe;

/// <summary>Standard input and output without the buffers of .NET, which would keep what went through them.</summary>
internal sealed class Pipes : IDisposable
{
    private readonly FileStream _input = new(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
    private readonly FileStream _output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    /// <summary>Takes a secret: four bytes of length, then the secret.</summary>
    internal SecretBytes ReadSecret()
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        _input.ReadExactly(length);
        SecretBytes secret = new(BinaryPrimitives.ReadInt32LittleEndian(length));
        _input.ReadExactly(secret.Span);
        return secret;
    }

    /// <summary>Takes a text that is no secret.</summary>
    internal string ReadText()
    {
        using SecretBytes text = ReadSecret();
        return text.RevealText();
    }

    internal void Write(SecretBytes secret)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, secret.Length);
        _output.Write(length);
        _output.Write(secret.Span);
    }

    /// <summary>Collects what can be collected, says so, and waits until memory was looked at.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Pause()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        _output.WriteByte((byte)'.');
        _ = _input.ReadByte();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
    }
}
