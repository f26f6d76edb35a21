using System.Security.Cryptography;
using System.Text;

namespace Bitwarden.TestServer.Seeding;

/// <summary>Ids that are the same in every run, so that tests and documents can name them.</summary>
internal static class StableGuid
{
    internal static Guid From(string kind, string name)
    {
        byte[] bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{name}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
