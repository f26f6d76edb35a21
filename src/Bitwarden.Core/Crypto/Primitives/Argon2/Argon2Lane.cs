namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>A lane and where its thread stands in it; nothing in here is secret.</summary>
internal sealed unsafe class Argon2Lane
{
    internal Argon2Lane(Argon2Matrix matrix, int number)
    {
        Number = number;
        Blocks = matrix.Block(number, 0);
        Scratch = matrix.WorkingBlock(number, 0);
        AddressInput = matrix.WorkingBlock(number, 1);
        Addresses = matrix.WorkingBlock(number, 2);
        new Span<byte>(AddressInput, Argon2Memory.BlockSize).Clear();
    }

    internal int Number { get; }

    internal ulong* Blocks { get; }

    /// <summary>Where the kernel keeps the result of its row phase.</summary>
    internal ulong* Scratch { get; }

    /// <summary>Z of RFC 9106 section 3.4.1.2.</summary>
    internal ulong* AddressInput { get; }

    /// <summary>128 pseudo-random values for data-independent addressing.</summary>
    internal ulong* Addresses { get; }

    /// <summary>The block that the next block of this lane refers to.</summary>
    internal ulong* Reference { get; set; }
}
