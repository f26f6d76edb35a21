using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Sessions;

/// <summary>The text of an exported session, and the secret that it was sealed with.</summary>
/// <param name="Token">The text, in UTF-8; stays the caller's.</param>
/// <param name="Secret">
/// The secret, in UTF-8; stays the caller's. Null for a text that was not sealed: a sealed one does not open then, and the other way round.
/// </param>
public sealed record SessionText(SecretBytes Token, SecretBytes? Secret = null)
{
    /// <summary>Names the type, never the text.</summary>
    public override string ToString() => "SessionText";
}
