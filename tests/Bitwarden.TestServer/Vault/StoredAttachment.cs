namespace Bitwarden.TestServer.Vault;

/// <summary>An attachment.</summary>
/// <param name="Id">32 hex characters.</param>
/// <param name="FileName">Encrypted; null when a write of the item took it away.</param>
/// <param name="Key">The wrapped attachment key.</param>
/// <param name="Size">The length that the client announced.</param>
/// <param name="Content">The encrypted file; null until it was uploaded.</param>
public sealed record StoredAttachment(string Id, string? FileName, string? Key, long Size, byte[]? Content);
