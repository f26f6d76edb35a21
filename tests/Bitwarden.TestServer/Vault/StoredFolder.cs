namespace Bitwarden.TestServer.Vault;

/// <summary>A folder; its name is encrypted.</summary>
public sealed record StoredFolder(Guid Id, string Name, DateTime RevisionDate);
