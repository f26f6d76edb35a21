using System.Runtime.InteropServices;
using Bitwarden.Core.Crypto.Primitives;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// Pinned memory for many small secrets, in whole pages so that nothing else shares their protection. A piece is given out once and never again: whoever
/// still looks at a secret that was zeroed sees zeros, not another secret. The collector takes the block when nobody has a piece of it.
/// </summary>
internal sealed unsafe class SecretBlock
{
    private const int Alignment = 16;
    private static readonly int s_length = Math.Max(64 * 1024, Environment.SystemPageSize);
    private readonly int _start;
    private int _used;

    internal SecretBlock()
    {
        Memory = GC.AllocateArray<byte>(s_length + Environment.SystemPageSize, pinned: true);
        nuint address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(Memory, 0);
        _start = (int)(nuint.Zero - address & (nuint)(Environment.SystemPageSize - 1));
        LinuxMemory.Protect(Pages, (nuint)s_length);
    }

    /// <summary>What the pieces are cut from.</summary>
    internal byte[] Memory { get; }

    private void* Pages => (void*)Marshal.UnsafeAddrOfPinnedArrayElement(Memory, _start);

    /// <summary>Cuts off a piece of zeros.</summary>
    /// <param name="length">Its length.</param>
    /// <param name="offset">Where it begins in <see cref="Memory"/>.</param>
    /// <returns>False when there is not enough left.</returns>
    internal bool TryTake(int length, out int offset)
    {
        int rounded = (length + Alignment - 1) & -Alignment;
        int end = Interlocked.Add(ref _used, rounded);
        offset = _start + end - rounded;
        return end <= s_length;
    }

    // The memory goes back to the collector, which uses it for anything.
    ~SecretBlock() => LinuxMemory.Unprotect(Pages, (nuint)s_length);
}
