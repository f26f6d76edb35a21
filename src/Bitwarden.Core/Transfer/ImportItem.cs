using System.Text.Json.Nodes;

namespace Bitwarden.Core.Transfer;

/// <summary>An item of a file, encrypted for its new owner.</summary>
/// <param name="Body">What is sent for it.</param>
/// <param name="Places">The folder or the collections that the file has it in, by their keys.</param>
/// <param name="Fingerprint">What tells whether it is in the vault already; null where nobody asks.</param>
internal sealed record ImportItem(JsonObject Body, IReadOnlyList<string> Places, string? Fingerprint);
