namespace Bitwarden.TestServer.Vault;

/// <summary>A secure note; its text is in the notes.</summary>
public sealed record SecureNoteData
{
    /// <summary>Always 0.</summary>
    public int Type { get; init; }
}
