using Bitwarden.Core.Crypto;

namespace Bitwarden.PowerShell.Masking;

/// <summary>A value that is about to be handed out.</summary>
/// <param name="Name">What it is, for a warning.</param>
/// <param name="Value">The value.</param>
internal sealed record MaskedValue(string Name, SecretBytes Value);
