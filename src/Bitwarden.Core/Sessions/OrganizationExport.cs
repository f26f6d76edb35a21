using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Transfer;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Fetches what an organization has, as far as the account may export it: all, or what is in collections that it manages. The vault does not do for that: it
/// lacks what is assigned to nobody.
/// </summary>
internal sealed class OrganizationExport
{
    private readonly AuthorizedApiClient _api;
    private readonly UnlockedVault _vault;

    internal OrganizationExport(AuthorizedApiClient api, UnlockedVault vault)
    {
        _api = api;
        _vault = vault;
    }

    /// <exception cref="TransferException">ExportForbidden.</exception>
    /// <exception cref="EncryptionException">DecryptionFailed: there is no key of the organization.</exception>
    internal async Task<ExportContent> FetchAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        SymmetricKey owner = _vault.Access.OwnerKey(organizationId);
        try
        {
            return await _api.GetOrganizationExportAsync(organizationId, answer => Read(answer.Span, organizationId, owner), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ServerException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            throw TransferException.OrganizationForbidden(e);
        }
    }

    private static ExportContent Read(ReadOnlySpan<byte> answer, Guid organizationId, SymmetricKey owner)
    {
        JsonObject body = SealedItem.Parse(answer);
        return new ExportContent(
            organizationId,
            owner,
            [.. List(body, "collections").Select(collection => ReadPlace(collection, owner))],
            [.. List(body, "ciphers").Where(cipher => cipher["deletedDate"] is null).Select(cipher => ReadItem(cipher, organizationId, owner))]);
    }

    private static ExportPlace ReadPlace(JsonObject collection, SymmetricKey owner)
    {
        string? wire = Text(collection["name"]);
        return new ExportPlace(Id(collection), wire, CipherCodec.DecryptName(wire, () => owner), Text(collection["externalId"]));
    }

    private static ExportItem ReadItem(JsonObject cipher, Guid organizationId, SymmetricKey owner)
    {
        cipher["organizationId"] = organizationId.ToString();
        return new ExportItem(Id(cipher), SealedItem.NameOf(cipher, owner) ?? Id(cipher).ToString(), cipher);
    }

    private static IEnumerable<JsonObject> List(JsonObject body, string name) => body[name] switch
    {
        JsonArray list => list.Select(entry => entry as JsonObject ?? throw new JsonException("Not an object.")),
        null => [],
        _ => throw new JsonException("Not a list."),
    };

    private static Guid Id(JsonObject entry) => Guid.TryParse(Text(entry["id"]), out Guid id) ? id : throw new JsonException("Not an id.");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
