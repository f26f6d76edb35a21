using System.Text.Json.Nodes;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.Core.Sessions;

/// <summary>A change of an item that replaces it on the server, and can be made of any version of it.</summary>
/// <param name="What">For messages, the start of a sentence.</param>
/// <param name="Make">What is to be sent; null when the item is as it should be.</param>
internal sealed record ItemWrite(string What, Func<VaultItem, CipherRequest?> Make)
{
    /// <summary>The collections that the item gets with the change; null for none.</summary>
    internal IReadOnlyList<Guid>? Collections { get; init; }

    /// <summary>The body of the call.</summary>
    internal JsonObject Wrap(JsonObject item) => Collections is null ? item : WithCollections(item, Collections);

    /// <summary>Whether an item is as it should be.</summary>
    internal bool IsDone(VaultItem item)
    {
        try
        {
            return item.DeletedDate is null && Make(item) is null;
        }
        catch (ItemWriteException)
        {
            return false;
        }
    }

    /// <summary>An item with the collections that it gets, as the server wants both.</summary>
    internal static JsonObject WithCollections(JsonObject item, IReadOnlyList<Guid> collections) => new()
    {
        ["cipher"] = item,
        ["collectionIds"] = CipherRequest.Ids(collections),
    };
}
