using Bitwarden.Core.Crypto;
using Bitwarden.Core.Transfer;

namespace Bitwarden.Core.Sessions;

/// <summary>What is exported, and how.</summary>
public sealed record ExportOptions
{
    /// <summary>The form of the file.</summary>
    public ExportFormat Format { get; init; } = ExportFormat.EncryptedJson;

    /// <summary>In UTF-8, for <see cref="ExportFormat.EncryptedJson"/>; stays the caller's.</summary>
    public SecretBytes? Password { get; init; }

    /// <summary>The organization whose items are exported; null for the personal vault.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>Whether items that cannot be read are left out. Without it nothing is written when there are any.</summary>
    public bool SkipUnreadable { get; init; }

    /// <summary>Whether a file that is there may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"ExportOptions {Format}";
}
