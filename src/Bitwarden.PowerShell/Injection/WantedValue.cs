namespace Bitwarden.PowerShell.Injection;

/// <summary>A value that is to be read.</summary>
/// <param name="Place">Where the reference stands, for messages; never a value.</param>
/// <param name="Reference">The reference.</param>
/// <param name="AsText">Whether it is wanted as text: a file must be UTF-8 then, and agents hide the value in their log.</param>
internal sealed record WantedValue(string Place, string Reference, bool AsText);
