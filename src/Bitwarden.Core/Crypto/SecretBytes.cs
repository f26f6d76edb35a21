using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// Bytes that must not linger: pinned so that the garbage collector makes no copy, zeroed on <see cref="Dispose"/>. Small ones, which is all but files, lie in
/// blocks that Linux leaves out of core dumps. Holds passwords, keys and decrypted values of any length.
/// </summary>
[JsonConverter(typeof(MaskedConverter))]
public sealed class SecretBytes : IDisposable
{
    /// <summary>The longest that lies in a block.</summary>
    internal const int LongestInBlock = 16 * 1024;

    private static SecretBlock s_block = new();
    private readonly SecretBlock? _block;
    private readonly int _offset;
    private volatile byte[]? _bytes;
    private int _length;

    /// <summary>Allocates zeroed, pinned memory.</summary>
    /// <param name="length">Length in bytes, zero or more.</param>
    public SecretBytes(int length)
    {
        _length = length;
        if (length > LongestInBlock)
        {
            _bytes = GC.AllocateArray<byte>(length, pinned: true);
            return;
        }

        (_block, _offset) = Take(length);
        _bytes = _block.Memory;
    }

    /// <summary>Copies bytes; the caller still owns, and should zero, the source.</summary>
    /// <param name="source">The bytes to copy.</param>
    public SecretBytes(ReadOnlySpan<byte> source)
        : this(source.Length)
    {
        source.CopyTo(Span);
    }

    /// <summary>Length in bytes.</summary>
    public int Length => _bytes is null ? 0 : _length;

    /// <summary>The bytes, valid until <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The bytes were zeroed.</exception>
    public Span<byte> Span => (_bytes ?? throw new ObjectDisposedException(nameof(SecretBytes))).AsSpan(_offset, _length);

    /// <summary>Whether the bytes were zeroed, or are just being zeroed.</summary>
    internal bool IsDisposed => _bytes is null;

    /// <summary>The bytes as part of an array; for interfaces that take arrays only.</summary>
    internal ArraySegment<byte> Segment => new(_bytes ?? throw new ObjectDisposedException(nameof(SecretBytes)), _offset, _length);

    /// <summary>Encodes characters as UTF-8, with no copy left behind.</summary>
    /// <param name="characters">The characters; no normalisation takes place.</param>
    public static SecretBytes FromCharacters(ReadOnlySpan<char> characters)
    {
        SecretBytes result = new(Encoding.UTF8.GetByteCount(characters));
        Encoding.UTF8.GetBytes(characters, result.Span);
        return result;
    }

    /// <summary>Decodes base64 with no copy left behind; null when it is not base64.</summary>
    internal static SecretBytes? TryFromBase64(ReadOnlySpan<byte> base64)
    {
        SecretBytes result = new(Base64.GetMaxDecodedFromUtf8Length(base64.Length));
        if (Base64.DecodeFromUtf8(base64, result.Span, out _, out int written) == OperationStatus.Done)
        {
            result.Truncate(written);
            return result;
        }

        result.Dispose();
        return null;
    }

    /// <summary>Encodes the bytes as base64, in UTF-8.</summary>
    internal SecretBytes ToBase64()
    {
        SecretBytes result = new(Base64.GetMaxEncodedToUtf8Length(_length));
        Base64.EncodeToUtf8(Span, result.Span, out _, out _);
        return result;
    }

    /// <summary>Decodes the bytes as UTF-8 into a string, which cannot be zeroed: only for values that the user asked to see.</summary>
    public string RevealText() => Encoding.UTF8.GetString(Span);

    /// <summary>Decodes the bytes as UTF-8 into a fresh, read-only SecureString, with no copy left behind.</summary>
    public SecureString ToSecureString()
    {
        char[] characters = GC.AllocateArray<char>(Encoding.UTF8.GetCharCount(Span), pinned: true);
        try
        {
            Encoding.UTF8.GetChars(Span, characters);
            SecureString result = new();
            foreach (char c in characters)
            {
                result.AppendChar(c);
            }

            result.MakeReadOnly();
            return result;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(characters.AsSpan()));
        }
    }

    /// <summary>Encodes a SecureString as UTF-8, with no copy left behind.</summary>
    /// <param name="value">The SecureString; stays the caller's.</param>
    public static unsafe SecretBytes FromSecureString(SecureString value)
    {
        ArgumentNullException.ThrowIfNull(value);
        IntPtr characters = Marshal.SecureStringToGlobalAllocUnicode(value);
        try
        {
            return FromCharacters(new ReadOnlySpan<char>((void*)characters, value.Length));
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(characters);
        }
    }

    /// <summary>A copy with a life of its own.</summary>
    internal SecretBytes Copy() => new(Span);

    /// <summary>Makes the value shorter, zeroing what is cut off.</summary>
    /// <param name="length">The new length in bytes.</param>
    internal void Truncate(int length)
    {
        CryptographicOperations.ZeroMemory(Span[length..]);
        _length = length;
    }

    /// <summary>Zeroes the bytes.</summary>
    public void Dispose()
    {
        byte[]? bytes = Interlocked.Exchange(ref _bytes, null);
        CryptographicOperations.ZeroMemory(bytes.AsSpan(bytes is null ? 0 : _offset, bytes is null ? 0 : _length));
    }

    /// <summary>Says what this is, never what it holds.</summary>
    public override string ToString() => "SecretBytes";

    private static (SecretBlock Block, int Offset) Take(int length)
    {
        while (true)
        {
            SecretBlock block = Volatile.Read(ref s_block);
            if (block.TryTake(length, out int offset))
            {
                return (block, offset);
            }

            Interlocked.CompareExchange(ref s_block, new SecretBlock(), block);
        }
    }
}
