namespace Bitwarden.Core.Transfer;

/// <summary>A folder or collection of a file.</summary>
/// <param name="Key">What items of the file name it by.</param>
/// <param name="Name">Its name.</param>
/// <param name="ExternalId">The id of a collection in somebody's directory; null for none.</param>
internal sealed record ImportPlace(string Key, string Name, string? ExternalId = null);
