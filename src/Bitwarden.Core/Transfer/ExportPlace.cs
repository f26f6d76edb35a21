namespace Bitwarden.Core.Transfer;

/// <summary>A folder or collection that is exported.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Wire">Its name as the server has it.</param>
/// <param name="Name">Its name; null when it cannot be read.</param>
/// <param name="ExternalId">The id of a collection in somebody's directory; null for none.</param>
internal sealed record ExportPlace(Guid Id, string? Wire, string? Name, string? ExternalId = null);
