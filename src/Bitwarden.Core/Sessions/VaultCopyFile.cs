using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// The form of a copied vault, four lines: the name and version of the form, a <see cref="VaultCopyHeader"/>, the sync answer, and in base64 the
/// <see cref="VaultSeal"/> over the three before it. A line ends with a line feed; the answer may hold some too, its length is in the header.
/// </summary>
internal sealed class VaultCopyFile
{
    private const byte LineEnd = (byte)'\n';
    private const int LongestHeader = 64 * 1024;
    private const int SealLength = (VaultSeal.Length + 2) / 3 * 4;
    private readonly string _path;
    private readonly byte[] _bytes;
    private readonly int _start;

    private VaultCopyFile(string path, byte[] bytes)
    {
        _path = path;
        _bytes = bytes;
        (Header, _start) = ReadHeader();
    }

    /// <summary>Whose vault it is, and of when. Nothing proves that before the vault is opened.</summary>
    internal VaultCopyHeader Header { get; }

    private static ReadOnlySpan<byte> Name => "bitwarden-vault-copy "u8;

    private static ReadOnlySpan<byte> Version => "1"u8;

    /// <summary>Writes a copy.</summary>
    /// <param name="header">Says whose vault it is.</param>
    /// <param name="sync">The vault.</param>
    /// <param name="userKey">Seals it.</param>
    internal static MemoryStream Write(VaultCopyHeader header, ReadOnlySpan<byte> sync, SymmetricKey userKey)
    {
        MemoryStream file = new(sync.Length + 4096);
        file.Write(Name);
        file.Write(Version);
        file.WriteByte(LineEnd);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(header, VaultCopyJson.Default.VaultCopyHeader));
        file.WriteByte(LineEnd);
        file.Write(sync);
        file.WriteByte(LineEnd);
        VaultSeal seal = VaultSeal.Make(userKey, SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)));
        file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(seal.Mac)));
        file.WriteByte(LineEnd);
        file.Position = 0;
        return file;
    }

    /// <summary>Reads a copy's first lines.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VaultCopyException">InvalidVaultCopy or UnsupportedVaultCopy.</exception>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    internal static VaultCopyHeader ReadHeader(string path) => new VaultCopyFile(path, ReadBytes(path, LongestHeader, isWhole: false)).Header;

    /// <summary>Reads a copy.</summary>
    /// <param name="path">The file.</param>
    /// <param name="largest">The most bytes that it may have.</param>
    /// <exception cref="VaultCopyException">InvalidVaultCopy or UnsupportedVaultCopy.</exception>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    internal static VaultCopyFile Read(string path, long largest) => new(path, ReadBytes(path, largest, isWhole: true));

    /// <summary>Gives the vault, which opens only under the key that the copy was sealed with.</summary>
    /// <exception cref="VaultCopyException">InvalidVaultCopy.</exception>
    internal VaultSnapshot ReadVault()
    {
        VaultSeal seal = ReadSeal();
        try
        {
            VaultSnapshot snapshot = SyncReader.Read(_bytes.AsMemory(_start, Header.Length), Header.Date);
            return snapshot.Profile.Id == Header.UserId && (snapshot.Profile.Email ?? string.Empty) == Header.Account
                ? snapshot with { Seal = seal, Unlock = Header.Unlock }
                : throw Invalid("its parts are of different accounts");
        }
        catch (Exception e) when (WireJson.IsUnreadable(e))
        {
            throw Invalid("the vault in it cannot be read");
        }
    }

    private VaultSeal ReadSeal()
    {
        int sealStart = _bytes.Length - SealLength - 1;
        if ((long)_start + Header.Length + 1 != sealStart || _bytes[sealStart - 1] != LineEnd || _bytes[^1] != LineEnd)
        {
            throw Invalid("it was cut off, or something was added to it");
        }

        byte[] mac = new byte[VaultSeal.Length + 1];
        bool isSeal = Convert.TryFromBase64String(Encoding.ASCII.GetString(_bytes, sealStart, SealLength), mac, out int length) && length == VaultSeal.Length;
        return isSeal ? new VaultSeal(SHA256.HashData(_bytes.AsSpan(0, sealStart)), mac[..length]) : throw Invalid("its last line is not what it should be");
    }

    private (VaultCopyHeader Header, int End) ReadHeader()
    {
        ReadOnlySpan<byte> rest = _bytes;
        if (!rest.StartsWith(Name))
        {
            throw Invalid(rest.IsEmpty ? "it is empty" : "it does not begin like one");
        }

        EnsureVersion(Line(rest[Name.Length..]));
        int start = rest.IndexOf(LineEnd) + 1;
        ReadOnlySpan<byte> line = Line(rest[start..]);
        return (Parse(line), start + line.Length + 1);
    }

    private ReadOnlySpan<byte> Line(ReadOnlySpan<byte> rest)
    {
        int end = rest[..Math.Min(rest.Length, LongestHeader)].IndexOf(LineEnd);
        return end >= 0 ? rest[..end] : throw Invalid("it was cut off");
    }

    private void EnsureVersion(ReadOnlySpan<byte> version)
    {
        if (!version.SequenceEqual(Version))
        {
            throw version.IsEmpty || version.ContainsAnyExceptInRange((byte)'0', (byte)'9')
                ? Invalid("it does not begin like one")
                : VaultCopyException.Newer(_path);
        }
    }

    private VaultCopyHeader Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            VaultCopyHeader? header = JsonSerializer.Deserialize(line, VaultCopyJson.Default.VaultCopyHeader);
            return header?.IsComplete == true && header.Server is not null ? header : throw Invalid("it does not say whose it is");
        }
        catch (Exception e) when (WireJson.IsUnreadable(e) || e is InvalidInputException)
        {
            throw Invalid("it does not say whose it is");
        }
    }

    private VaultCopyException Invalid(string reason) => VaultCopyException.Invalid(_path, reason);

    private static byte[] ReadBytes(string path, long largest, bool isWhole)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            if (isWhole && file.Length > Math.Min(largest, Array.MaxLength))
            {
                throw VaultCopyException.Invalid(path, "it is larger than a vault may be");
            }

            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(file.Length, largest));
            int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (Exception e) when (LocalFileException.IsReason(e))
        {
            throw LocalFileException.Unreadable(path, e);
        }
    }
}
