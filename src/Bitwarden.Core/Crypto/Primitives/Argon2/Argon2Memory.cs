using System.Runtime.InteropServices;

namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>
/// Memory for Argon2 blocks of 1 KiB, outside the garbage collector's reach and zeroed before release. Its first content is
/// undefined. On Linux it asks for huge pages: touching 64 MiB of 4 KiB pages takes longer than the derivation itself.
/// </summary>
internal sealed unsafe partial class Argon2Memory : IDisposable
{
    internal const int BlockSize = 1024;
    private const int BlockWords = BlockSize / sizeof(ulong);
    private const int HugePageSize = 2 * 1024 * 1024;

    // Values of <sys/mman.h>, the same on every architecture for which .NET on Linux exists.
    private const int ProtectionReadWrite = 3;
    private const int MapPrivateAnonymous = 0x22;
    private const int AdviseHugePage = 14;
    private static readonly void* s_mapFailed = (void*)-1;

    private readonly nuint _size;
    private readonly nuint _mappedSize;
    private ulong* _blocks;
    private void* _mapping;

    /// <exception cref="InsufficientMemoryException">The system does not have that much memory to give.</exception>
    internal Argon2Memory(long blockCount)
    {
        try
        {
            _size = checked((nuint)blockCount * BlockSize);
            _mappedSize = checked(_size + HugePageSize);
            if (!TryMap())
            {
                _blocks = (ulong*)NativeMemory.AlignedAlloc(_size, BlockSize);
            }
        }
        catch (Exception e) when (e is OutOfMemoryException or OverflowException)
        {
            throw new InsufficientMemoryException($"Argon2id needs {blockCount / 1024} MiB of memory, which the system did not provide.", e);
        }
    }

    /// <summary>The first word of a block.</summary>
    internal ulong* this[long block] => _blocks + (block * BlockWords);

    public void Dispose()
    {
        if (_blocks == null)
        {
            return;
        }

        NativeMemory.Clear(_blocks, _size);
        if (_mapping == null)
        {
            NativeMemory.AlignedFree(_blocks);
        }
        else
        {
            _ = Unmap(_mapping, _mappedSize);
        }

        _blocks = null;
    }

    private bool TryMap()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        void* mapping = Map(null, _mappedSize, ProtectionReadWrite, MapPrivateAnonymous, -1, 0);
        if (mapping == s_mapFailed)
        {
            return false;
        }

        _mapping = mapping;
        _blocks = (ulong*)(((nuint)mapping + HugePageSize - 1) & ~(nuint)(HugePageSize - 1));

        // Only advice: a kernel without huge pages refuses it, and the derivation is merely slower.
        _ = Advise(_blocks, _size, AdviseHugePage);
        LinuxMemory.LeaveOutOfDumps(mapping, _mappedSize);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(void* address, nuint length);
}
