using System.Buffers.Binary;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Ssh;

/// <summary>Reads the data types of RFC 4251, section 5. Whatever does not fit is InvalidSshKey.</summary>
internal ref struct SshWireReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    /// <summary>What was not read yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rest;

    internal uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>Bytes behind their length.</summary>
    internal ReadOnlySpan<byte> ReadString()
    {
        uint length = ReadUInt32();
        return Take(length <= (uint)_rest.Length ? (int)length : int.MaxValue);
    }

    /// <summary>A number above zero, without the zero byte that keeps it from being negative.</summary>
    internal ReadOnlySpan<byte> ReadNumber()
    {
        ReadOnlySpan<byte> number = ReadString();
        bool isPositive = number.Length > 0 && number[0] < 0x80 && number.IndexOfAnyExcept((byte)0) is 0 or 1;
        return isPositive ? number.TrimStart((byte)0) : throw InvalidInputException.SshKeyDamaged();
    }

    internal ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw InvalidInputException.SshKeyDamaged();
        }

        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
