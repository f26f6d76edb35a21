using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto;

namespace Bitwarden.PowerShell.Desktop;

/// <summary>
/// The clipboard of Windows, by its own functions: its history, and the clipboard that follows a user to other machines, are asked to leave the text out
/// (learn.microsoft.com/windows/win32/dataxchg/clipboard-formats, "Cloud Clipboard and Clipboard History Formats").
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsClipboard : IClipboard
{
    private const uint UnicodeText = 13;
    private const uint Movable = 2;
    private const int Tries = 10;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private static readonly string[] s_private =
        ["ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"];

    /// <inheritdoc/>
    public bool TryWrite(ReadOnlySpan<byte> text)
    {
        char[] characters = GC.AllocateArray<char>(Encoding.UTF8.GetCharCount(text) + 1, pinned: true);
        Encoding.UTF8.GetChars(text, characters);
        Span<byte> bytes = MemoryMarshal.AsBytes(characters.AsSpan());
        byte[] copy = GC.AllocateArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(copy);
        try
        {
            return Use(() => NativeMethods.EmptyClipboard() && Set(UnicodeText, copy) && Array.TrueForAll(s_private, SetPrivate));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    /// <inheritdoc/>
    public SecretBytes? TryRead(int length)
    {
        SecretBytes? read = null;
        Use(() =>
        {
            IntPtr handle = NativeMethods.GetClipboardData(UnicodeText);
            IntPtr memory = handle == IntPtr.Zero ? IntPtr.Zero : NativeMethods.GlobalLock(handle);
            if (memory == IntPtr.Zero)
            {
                return false;
            }

            read = Copy(memory, (long)NativeMethods.GlobalSize(handle) / sizeof(char), length);
            NativeMethods.GlobalUnlock(handle);
            return true;
        });
        return read;
    }

    /// <inheritdoc/>
    public void Clear() => Use(NativeMethods.EmptyClipboard);

    // Every character takes a byte at least.
    private static SecretBytes? Copy(IntPtr memory, long available, int length)
    {
        char[] characters = GC.AllocateArray<char>((int)Math.Min(available, length + 1), pinned: true);
        Marshal.Copy(memory, characters, 0, characters.Length);
        try
        {
            int end = Array.IndexOf(characters, '\0');
            return end < 0 ? null : SecretBytes.FromCharacters(characters.AsSpan(0, end));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(characters.AsSpan()));
        }
    }

    private static bool SetPrivate(string format) => Set(NativeMethods.RegisterClipboardFormat(format), new byte[sizeof(int)]);

    // The clipboard owns the memory once it has it.
    private static bool Set(uint format, byte[] bytes)
    {
        IntPtr handle = NativeMethods.GlobalAlloc(Movable, (nuint)bytes.Length);
        IntPtr memory = handle == IntPtr.Zero ? IntPtr.Zero : NativeMethods.GlobalLock(handle);
        if (memory == IntPtr.Zero)
        {
            return false;
        }

        Marshal.Copy(bytes, 0, memory, bytes.Length);
        NativeMethods.GlobalUnlock(handle);
        return NativeMethods.SetClipboardData(format, handle) != IntPtr.Zero;
    }

    // Another program may be using it for a moment.
    private static bool Use(Func<bool> work)
    {
        for (int i = 0; !NativeMethods.OpenClipboard(IntPtr.Zero); i++)
        {
            if (i == Tries)
            {
                return false;
            }

            Thread.Sleep(s_pause);
        }

        try
        {
            return work();
        }
        finally
        {
            NativeMethods.CloseClipboard();
        }
    }

    private static class NativeMethods
    {
        [DllImport("user32.dll", SetLastError = true)]
        internal static extern bool OpenClipboard(IntPtr owner);

        [DllImport("user32.dll", SetLastError = true)]
        internal static extern bool CloseClipboard();

        [DllImport("user32.dll", SetLastError = true)]
        internal static extern bool EmptyClipboard();

        [DllImport("user32.dll", SetLastError = true)]
        internal static extern IntPtr SetClipboardData(uint format, IntPtr memory);

        [DllImport("user32.dll", SetLastError = true)]
        internal static extern IntPtr GetClipboardData(uint format);

        [DllImport("user32.dll", EntryPoint = "RegisterClipboardFormatW", SetLastError = true, CharSet = CharSet.Unicode)]
        internal static extern uint RegisterClipboardFormat(string name);

        [DllImport("kernel32.dll", SetLastError = true)]
        internal static extern IntPtr GlobalAlloc(uint flags, nuint bytes);

        [DllImport("kernel32.dll", SetLastError = true)]
        internal static extern IntPtr GlobalLock(IntPtr memory);

        [DllImport("kernel32.dll", SetLastError = true)]
        internal static extern bool GlobalUnlock(IntPtr memory);

        [DllImport("kernel32.dll", SetLastError = true)]
        internal static extern nuint GlobalSize(IntPtr memory);
    }
}
