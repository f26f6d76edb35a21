using System.Text.Json.Nodes;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;
using Bitwarden.Core.Transfer;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Sends an import in pieces. The first has all new folders or collections with it; the others name them by the ids that they got. When a piece fails, a look
/// at the vault says what arrived: each encryption is unique, so that an item with the very name that was sent is that item.
/// </summary>
internal sealed class ImportSender
{
    /// <summary>How many items a piece has.</summary>
    internal const int PieceLength = 500;

    private readonly VaultUpdate _update;
    private readonly ImportPlan _plan;
    private readonly Dictionary<string, ImportPlace> _places;
    private int _sent;

    internal ImportSender(VaultUpdate update, ImportPlan plan)
    {
        _update = update;
        _plan = plan;
        _places = plan.Places.GroupBy(place => place.Key).ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
    }

    private string Path => _plan.OrganizationId is Guid organization ? $"ciphers/import-organization?organizationId={organization}" : "ciphers/import";

    /// <exception cref="TransferException">ImportIncomplete.</exception>
    internal async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        foreach (ImportItem[] piece in _plan.Items.Chunk(PieceLength))
        {
            WorkListener.Report(WorkStage.WritingItems, _sent, _plan.ItemCount);
            await SendAsync(piece, cancellationToken).ConfigureAwait(false);
            _sent += piece.Length;
        }

        await ShowAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task SendAsync(ImportItem[] piece, CancellationToken cancellationToken)
    {
        bool isFirst = _sent == 0;
        bool isLast = _sent + piece.Length == _plan.ItemCount;
        try
        {
            await _update.Api.WriteAsync(HttpMethod.Post, Path, Request(piece, isFirst), cancellationToken).ConfigureAwait(false);
        }
        catch (BitwardenException e)
        {
            await ExplainAsync(piece, e, cancellationToken).ConfigureAwait(false);
        }

        if (isFirst && !isLast && _plan.PlaceCount > 0)
        {
            _sent += piece.Length;
            await ShowAsync(cancellationToken).ConfigureAwait(false);
            _sent -= piece.Length;
        }
    }

    private JsonObject Request(ImportItem[] piece, bool withNewPlaces)
    {
        PlaceMatcher matcher = new(_update.Vault, _plan.OrganizationId, _plan.Places);
        HashSet<string> used = [.. piece.SelectMany(item => item.Places)];
        ImportPlace[] places = [.. _places.Values.Where(place => used.Contains(place.Key) || (withNewPlaces && matcher.Find(place) is null))];
        Dictionary<string, int> index = places.Select((place, at) => (place.Key, at)).ToDictionary(pair => pair.Key, pair => pair.at, StringComparer.Ordinal);
        JsonArray relationships = [];
        for (int i = 0; i < piece.Length; i++)
        {
            foreach (string key in piece[i].Places.Where(index.ContainsKey).Distinct())
            {
                relationships.Add(new JsonObject { ["key"] = i, ["value"] = index[key] });
            }
        }

        string kind = _plan.OrganizationId is null ? "folder" : "collection";
        return new JsonObject
        {
            ["ciphers"] = new JsonArray([.. piece.Select(item => item.Body)]),
            [kind + "s"] = new JsonArray([.. places.Select(matcher.Describe)]),
            [kind + "Relationships"] = relationships,
        };
    }

    // Comes back when all of the piece arrived.
    private async Task ExplainAsync(ImportItem[] piece, BitwardenException cause, CancellationToken cancellationToken)
    {
        if (!VaultUpdate.IsUncertain(cause))
        {
            throw _sent == 0 ? cause : TransferException.ImportIncomplete(_sent, _plan.ItemCount, "The rest was not taken.", cause);
        }

        int arrived = await CountAsync(piece, cause, cancellationToken).ConfigureAwait(false);
        if (arrived < piece.Length)
        {
            string seen = $"Of the {piece.Length} that were sent last, {arrived} were there a moment later; the others may still arrive.";
            throw TransferException.ImportIncomplete(_sent + arrived, _plan.ItemCount, seen, cause);
        }
    }

    private async Task<int> CountAsync(ImportItem[] piece, BitwardenException cause, CancellationToken cancellationToken)
    {
        try
        {
            await _update.SyncAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ServerException)
        {
            throw TransferException.ImportIncomplete(
                null, _plan.ItemCount, $"{_sent} are sure; of {piece.Length} more it is not known, because the server could not be asked.", cause);
        }

        HashSet<string?> names = [.. _update.Vault.Items.Select(item => CipherCodec.NameWire(item.Row))];
        return piece.Count(item => names.Contains(CipherRequest.Text(item.Body["name"])));
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _update.SyncAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (BitwardenException e)
        {
            throw TransferException.ImportIncomplete(_sent, _plan.ItemCount, "The vault could not be fetched afterwards.", e);
        }
    }
}
