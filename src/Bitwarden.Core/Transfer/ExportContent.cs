using System.Text.Json;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Transfer;

/// <summary>What is exported: the personal vault, or what an organization has.</summary>
/// <param name="OrganizationId">The organization; null for the personal vault.</param>
/// <param name="Owner">The key of either.</param>
/// <param name="Places">Folders, or collections.</param>
/// <param name="Items">The items, without those in the trash.</param>
internal sealed record ExportContent(Guid? OrganizationId, SymmetricKey Owner, IReadOnlyList<ExportPlace> Places, IReadOnlyList<ExportItem> Items)
{
    /// <summary>Writes JSON as the official client does (protocol 7.7).</summary>
    /// <param name="isSealed">Whether values stay encrypted.</param>
    /// <exception cref="Errors.TransferException">A value cannot be read.</exception>
    internal SecretBytes ToJson(bool isSealed)
    {
        using SecretBufferWriter buffer = new();
        using (Utf8JsonWriter json = SecretJson.Writer(buffer, isIndented: true))
        {
            Write(json, isSealed);
        }

        return buffer.ToSecret();
    }

    private void Write(Utf8JsonWriter json, bool isSealed)
    {
        json.WriteStartObject();
        json.WriteBoolean("encrypted", isSealed);
        if (isSealed)
        {
            json.WriteString("encKeyValidation_DO_NOT_EDIT", PasswordFile.Proof(Owner));
        }

        json.WriteStartArray(OrganizationId is null ? "folders" : "collections");
        foreach (ExportPlace place in Places)
        {
            WritePlace(json, place, isSealed);
        }

        json.WriteEndArray();
        json.WriteStartArray("items");
        foreach (ExportItem item in Items)
        {
            item.Write(json, Owner, isSealed ? ItemForm.Sealed : ItemForm.Plain);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WritePlace(Utf8JsonWriter json, ExportPlace place, bool isSealed)
    {
        json.WriteStartObject();
        json.WriteString("id", place.Id);
        if (OrganizationId is Guid organization)
        {
            json.WriteString("organizationId", organization);
        }

        json.WriteString("name", isSealed ? place.Wire : place.Name);
        if (OrganizationId is not null)
        {
            json.WriteString("externalId", place.ExternalId);
        }

        json.WriteEndObject();
    }
}
