using System.Buffers;
using System.Buffers.Binary;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Ssh;

/// <summary>Writes the data types of RFC 4251, section 5, into memory that is zeroed.</summary>
internal sealed class SshWireWriter : IDisposable
{
    private readonly SecretBufferWriter _buffer = new();

    internal SecretBytes ToSecret() => _buffer.ToSecret();

    internal SshWireWriter WriteByte(byte value) => WriteRaw([value]);

    internal SshWireWriter WriteUInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return WriteRaw(bytes);
    }

    /// <summary>Bytes behind their length.</summary>
    internal SshWireWriter WriteString(ReadOnlySpan<byte> value) => WriteUInt32((uint)value.Length).WriteRaw(value);

    /// <summary>A number that is not negative, big-endian with or without zeros in front.</summary>
    internal SshWireWriter WriteNumber(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> digits = value.TrimStart((byte)0);
        bool looksNegative = digits.Length > 0 && digits[0] >= 0x80;
        WriteUInt32((uint)digits.Length + (looksNegative ? 1u : 0u));
        return (looksNegative ? WriteByte(0) : this).WriteRaw(digits);
    }

    internal SshWireWriter WriteRaw(ReadOnlySpan<byte> value)
    {
        _buffer.Write(value);
        return this;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
