using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Sessions;

/// <summary>What goes into the text of an exported session, and how it is protected.</summary>
public sealed record SessionExportOptions
{
    /// <summary>The fewest bytes that <see cref="Secret"/> may have.</summary>
    public const int ShortestSecret = 16;

    /// <summary>Whether the other process finds the vault unlocked.</summary>
    public bool WithUserKey { get; init; } = true;

    /// <summary>Whether the token of a remembered device goes with it, which stands for the second step of a login. Nothing needs it to go on.</summary>
    public bool WithRememberedDevice { get; init; }

    /// <summary>A secret that travels another way than the text, in UTF-8; stays the caller's. Null for none: whoever has the text has the session.</summary>
    public SecretBytes? Secret { get; init; }

    /// <summary>How long the text can be taken up. Counts only with a secret: without one anybody could change it.</summary>
    public TimeSpan ValidFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Names the type, never the secret.</summary>
    public override string ToString() => "SessionExportOptions";
}
