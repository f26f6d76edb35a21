using Bitwarden.Core.Tests.Raw;
using Xunit;

namespace Bitwarden.Core.Tests.Faults;

/// <summary>
/// Every endpoint times every fault: a typed failure, in time, in bounded memory, with nothing leaked, and stopped at once. The short form is in every run; the
/// whole matrix runs when BITWARDEN_FAULT_MATRIX is set, to a path for its table or to anything else for none.
/// </summary>
[Collection(Alone.Name)]
public sealed class FaultMatrixTests(ITestOutputHelper output)
{
    private const string Variable = "BITWARDEN_FAULT_MATRIX";

    // Cells that run at the same time, each with an answer up to its limit, the buffers of both sides, and the unpacked parts.
    private const long MostMemory = 512L * 1024 * 1024;

    internal static TimeSpan StopLimit { get; } = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task EveryFaultOfEveryEndpointIsTypedBoundedAndHarmless()
    {
        string? report = Environment.GetEnvironmentVariable(Variable);
        FaultMatrix matrix = new();
        IReadOnlyList<MatrixResult> results = await matrix.RunAsync(MatrixFaults.All.Where(fault => report is not null || fault.IsInShortForm));
        output.WriteLine(MatrixReport.Summarize(results, matrix.PeakBytes));
        string[] complaints =
        [
            .. results.SelectMany(result => result.Complaints.Select(complaint => $"{result.Endpoint}, {result.Fault}: {complaint}")),
            .. results.Where(result => result.Stopped > StopLimit).Select(result => $"{result.Endpoint}, {result.Fault}: stopped after {result.Stopped}"),
        ];
        Assert.True(complaints.Length == 0, string.Join(Environment.NewLine, complaints));
        Assert.InRange(matrix.PeakBytes, 0, MostMemory);
        if (File.Exists(report))
        {
            MatrixReport.Write(report, results, matrix.PeakBytes);
        }
    }
}
