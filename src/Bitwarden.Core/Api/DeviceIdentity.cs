using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Api;

/// <summary>
/// Who we are towards the server. The identifier is given, or derived from server and account, so that the same key on a thousand
/// fresh build agents is one device and causes one "new device" mail.
/// </summary>
internal sealed record DeviceIdentity(Guid Identifier, int Type, string Name)
{
    /// <summary>
    /// The protocol level that we implement, not the module's version. Below 2024.12.0 a server hides SSH keys, below 2025.11.0 it
    /// refuses accounts with encryption version 2, below 2026.2.0 it hides bank accounts, driver's licences and passports, which we read.
    /// </summary>
    internal const string ProtocolVersion = "2026.2.0";

    /// <summary>Sent as Bitwarden-Client-Name: the only kind of official client that is like this one.</summary>
    internal const string ClientName = "cli";

    // Made once for this project; a name space of its own keeps our identifiers apart from anybody else's version 5 GUIDs.
    private static readonly Guid s_nameSpace = new("6f1d0b6e-3d0a-4f0b-9a1b-6d5a0c1f7e52");

    internal static DeviceIdentity Create(string? given, ServerEnvironment server, string account)
    {
        (int type, string name) = Platform();
        return new DeviceIdentity(ParseOrDerive(given, server, account), type, name);
    }

    /// <summary>Adds the three fields that every login must have.</summary>
    internal FormBody AddTo(FormBody form) => form
        .Add("deviceType", Type.ToString(CultureInfo.InvariantCulture))
        .Add("deviceIdentifier", Identifier.ToString())
        .Add("deviceName", Name);

    private static Guid ParseOrDerive(string? given, ServerEnvironment server, string account)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return DeriveVersion5(s_nameSpace, $"{server.Identity.AbsoluteUri}|{account}".ToLowerInvariant());
        }

        return Guid.TryParse(given, CultureInfo.InvariantCulture, out Guid identifier) ? identifier : throw InvalidInputException.DeviceIdentifier();
    }

    /// <summary>Name-based GUID, version 5 (RFC 9562, section 5.5).</summary>
    internal static Guid DeriveVersion5(Guid nameSpace, string name)
    {
        byte[] input = [.. nameSpace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
#pragma warning disable CA5350 // Version 5 is defined with SHA-1; nothing here depends on its strength.
        byte[] hash = SHA1.HashData(input);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    private static (int Type, string Name) Platform()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return (23, "windows");
        }

        return RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? (24, "macos") : (25, "linux");
    }
}
