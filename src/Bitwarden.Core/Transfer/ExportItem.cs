using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Transfer;

/// <summary>An item that is to be exported.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called, for messages.</param>
/// <param name="Body">Its encrypted document; null for one that is not understood.</param>
internal sealed record ExportItem(Guid Id, string Name, JsonObject? Body)
{
    /// <summary>The kind.</summary>
    internal ItemType Type => Body?["type"] is JsonValue value && value.TryGetValue(out long type) ? (ItemType)type : 0;

    /// <summary>The folder; null for none.</summary>
    internal string? FolderId => Body is null ? null : SealedItem.Closed(Body).Wire(Body, "folderId", "folderId");

    /// <summary>How many files it has, which no export holds.</summary>
    internal int FileCount => Body?["attachments"] is JsonArray files ? files.Count : 0;

    /// <summary>Reads a document.</summary>
    internal static ExportItem Read(Guid id, string name, ReadOnlySpan<byte> json)
    {
        try
        {
            return new ExportItem(id, name, SealedItem.Parse(json));
        }
        catch (JsonException)
        {
            return new ExportItem(id, name, null);
        }
    }

    /// <summary>Why the item cannot be exported whole; null when it can.</summary>
    /// <param name="owner">The key of its owner.</param>
    internal ItemProblem? Check(SymmetricKey owner)
    {
        if (Body is null)
        {
            return new ItemProblem("item", ErrorCodes.MalformedItem);
        }

        if (IsSealedBlob(Body))
        {
            return new ItemProblem("data", ErrorCodes.UnsupportedEncryption);
        }

        if (!ItemTypes.IsKnown(Type))
        {
            return new ItemProblem("type", ErrorCodes.MalformedItem);
        }

        using SecretBufferWriter nowhere = new();
        try
        {
            Write(nowhere, owner);
            return null;
        }
        catch (TransferException e)
        {
            return new ItemProblem(e.Place ?? "item", e.Code);
        }
    }

    private void Write(SecretBufferWriter buffer, SymmetricKey owner)
    {
        using Utf8JsonWriter json = SecretJson.Writer(buffer, isIndented: false);
        Write(json, owner, ItemForm.Content);
    }

    /// <summary>Writes the item.</summary>
    /// <exception cref="TransferException">A value cannot be read.</exception>
    internal void Write(Utf8JsonWriter json, SymmetricKey owner, ItemForm form)
    {
        if (form == ItemForm.Sealed)
        {
            new ItemDocumentWriter(json, SealedItem.Closed(Body!), form).Write();
            return;
        }

        SealedItem.Open(Body!, owner, item =>
        {
            new ItemDocumentWriter(json, item, form).Write();
            return true;
        });
    }

    // Accounts with encryption version 2 have all members in one text (protocol 8.8).
    private static bool IsSealedBlob(JsonObject body) =>
        body["data"] is JsonValue value && value.TryGetValue(out string? data) && data.Contains("\"format_version\"", StringComparison.Ordinal);
}
