using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Transfer;

/// <summary>The addresses of a login, in the newer place or the older one.</summary>
internal static class LoginAddresses
{
    /// <summary>Gives the addresses as the server has them.</summary>
    internal static IEnumerable<(JsonObject Entry, string Place)> Entries(SealedItem item, JsonObject login)
    {
        (JsonObject Entry, string Place)[] entries = [.. item.List(login, "uris")];
        return entries.Length == 0 && item.Wire(login, "uri", "uri") is string uri ? [(new JsonObject { ["uri"] = uri }, "uri")] : entries;
    }

    /// <summary>Gives those that can be trusted, decrypted.</summary>
    internal static IEnumerable<string> Read(SealedItem item, JsonObject login)
    {
        foreach ((JsonObject entry, string place) in Entries(item, login))
        {
            if (IsTrusted(item, entry, place))
            {
                using SecretBytes? uri = item.Decrypt(entry, "uri", place);
                yield return uri?.RevealText() ?? string.Empty;
            }
        }
    }

    // An address without its checksum may belong to another item (protocol 5.6). Official clients leave it out too.
    internal static bool IsTrusted(SealedItem item, JsonObject entry, string place)
    {
        if (!item.HasOwnKey)
        {
            return true;
        }

        using SecretBytes? uri = item.Decrypt(entry, "uri", place);
        using SecretBytes? checksum = item.Decrypt(entry, "uriChecksum", place);
        return uri is not null && checksum?.RevealText() == UriChecksum.Compute(uri.RevealText());
    }
}
