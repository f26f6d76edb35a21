namespace Bitwarden.Core.Tests.Faults;

/// <summary>How a cell of the fault matrix ended.</summary>
/// <param name="Endpoint">What was asked.</param>
/// <param name="Fault">What went wrong.</param>
/// <param name="Code">The ErrorId; <see cref="MatrixFault.Fine"/> for none.</param>
/// <param name="Elapsed">How long it took, on the swift clock.</param>
/// <param name="Complaints">What is wrong with it; empty for nothing.</param>
internal sealed record MatrixResult(MatrixEndpoint Endpoint, MatrixFault Fault, string Code, TimeSpan Elapsed, IReadOnlyList<string> Complaints)
{
    /// <summary>How long the call went on after it was stopped; null where it was not.</summary>
    internal TimeSpan? Stopped { get; init; }
}
