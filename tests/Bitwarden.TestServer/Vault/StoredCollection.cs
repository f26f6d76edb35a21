namespace Bitwarden.TestServer.Vault;

/// <summary>A collection; its name is encrypted with the organization's key.</summary>
public sealed record StoredCollection(Guid Id, Guid OrganizationId, string Name, bool HidePasswords);
