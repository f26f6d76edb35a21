using System.Runtime.InteropServices;

namespace Bitwarden.Core.Crypto.Primitives;

/// <summary>Where memory must not go: into core dumps and swap. Only advice, on Linux alone: what the system refuses is left as it is.</summary>
internal static unsafe partial class LinuxMemory
{
    // Values of <sys/mman.h>, the same on every architecture for which .NET on Linux exists.
    private const int AdviseDontDump = 16;
    private const int AdviseDump = 17;

    /// <summary>Leaves whole pages out of core dumps.</summary>
    internal static void LeaveOutOfDumps(void* pages, nuint length)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Advise(pages, length, AdviseDontDump);
        }
    }

    /// <summary>Leaves whole pages out of core dumps, and keeps them out of swap where the process may lock that much.</summary>
    internal static void Protect(void* pages, nuint length)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Advise(pages, length, AdviseDontDump);
            _ = Lock(pages, length);
        }
    }

    /// <summary>Takes <see cref="Protect"/> back.</summary>
    internal static void Unprotect(void* pages, nuint length)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Unlock(pages, length);
            _ = Advise(pages, length, AdviseDump);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "mlock")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "munlock")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unlock(void* address, nuint length);
}
