namespace Bitwarden.Core.Diagnostics;

/// <summary>One step of a connection test.</summary>
/// <param name="Name">What was tried.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Detail">What was found; nothing secret.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ProbeStep(string Name, ProbeStatus Status, string Detail, TimeSpan Duration);
