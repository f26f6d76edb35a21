using System.Runtime.InteropServices;

namespace Bitwarden.Benchmarks.Native;

/// <summary>PBKDF2 of the OpenSSL library, called directly.</summary>
internal static unsafe class OpenSsl
{
    private static readonly string[] s_names = ["libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll", "libcrypto.so.1.1"];
    private static readonly IntPtr s_library = s_names.Select(Load).FirstOrDefault(handle => handle != IntPtr.Zero);

    internal static bool IsAvailable => s_library != IntPtr.Zero;

    internal static void Pbkdf2Sha256(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations, Span<byte> key)
    {
        var sha256 = (delegate* unmanaged<IntPtr>)NativeLibrary.GetExport(s_library, "EVP_sha256");
        var derive = (delegate* unmanaged<byte*, int, byte*, int, int, IntPtr, int, byte*, int>)NativeLibrary.GetExport(s_library, "PKCS5_PBKDF2_HMAC");
        fixed (byte* p = password, s = salt, k = key)
        {
            if (derive(p, password.Length, s, salt.Length, iterations, sha256(), key.Length, k) != 1)
            {
                throw new InvalidOperationException("PKCS5_PBKDF2_HMAC failed.");
            }
        }
    }

    private static IntPtr Load(string name) => NativeLibrary.TryLoad(name, out IntPtr handle) ? handle : IntPtr.Zero;
}
