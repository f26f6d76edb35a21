using System.Diagnostics;
using System.Reflection;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Raw;

namespace Bitwarden.Core.Tests.Faults;

/// <summary>Runs cells of the fault matrix, several at a time, and watches the process's memory meanwhile.</summary>
internal sealed class FaultMatrix
{
    private const int Swiftness = 10;
    private const int SwiftnessOfWaits = 30;
    private const int CellsAtATime = 8;
    private const int MaxAttempts = 4;
    private const int LongestMessage = 1500;
    private const long SuspiciousBytes = 256L * 1024 * 1024;
    private static readonly TimeSpan s_noHang = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(60);

    private static readonly HashSet<string> s_codes =
        [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!)];

    /// <summary>The most managed memory that was in use.</summary>
    internal long PeakBytes { get; private set; }

    internal async Task<IReadOnlyList<MatrixResult>> RunAsync(IEnumerable<MatrixFault> faults)
    {
        using CancellationTokenSource done = new();
        Task watching = WatchMemoryAsync(done.Token);
        using SemaphoreSlim places = new(CellsAtATime);
        MatrixResult[] results = await Task.WhenAll(
            faults.SelectMany(fault => MatrixEndpoint.All.Select(endpoint => RunInPlaceAsync(places, endpoint, fault))));
        await done.CancelAsync();
        await watching;
        return results;
    }

    private static async Task<MatrixResult> RunInPlaceAsync(SemaphoreSlim places, MatrixEndpoint endpoint, MatrixFault fault)
    {
        await places.WaitAsync();
        try
        {
            MatrixResult result = await Task.Run(() => RunAsync(endpoint, fault));
            return fault.Waits && result.Code != MatrixFault.Fine ? result with { Stopped = await Task.Run(() => StopAsync(endpoint, fault)) } : result;
        }
        finally
        {
            places.Release();
        }
    }

    private static async Task<MatrixResult> RunAsync(MatrixEndpoint endpoint, MatrixFault fault)
    {
        using MatrixCell cell = new(fault.Waits ? SwiftnessOfWaits : Swiftness);
        await endpoint.PrepareAsync(cell);
        int before = cell.Raw.Server.Count(endpoint.Path(cell));
        Break(cell, endpoint, fault);
        long start = cell.Options.TimeProvider.GetTimestamp();
        Exception? failure = await CatchAsync(endpoint.ActAsync(cell, default).WaitAsync(s_noHang));
        TimeSpan elapsed = cell.Options.TimeProvider.GetElapsedTime(start);
        string code = failure switch
        {
            null => MatrixFault.Fine,
            BitwardenException typed => typed.Code,
            _ => failure.GetType().Name,
        };
        int asked = cell.Raw.Server.Count(endpoint.Path(cell)) - before;
        return new MatrixResult(endpoint, fault, code, elapsed, [.. Complaints(cell, endpoint, fault, failure, code, elapsed, asked)]);
    }

    private static IEnumerable<string> Complaints(
        MatrixCell cell, MatrixEndpoint endpoint, MatrixFault fault, Exception? failure, string code, TimeSpan elapsed, int asked)
    {
        // What config says is shown and nothing depends on it.
        string[] expected = endpoint.Name == "config"
            ? [MatrixFault.Fine]
            :
            [
                .. fault.Codes.Split(' '),
                .. endpoint.IgnoresBody && fault.Succeeds ? [MatrixFault.Fine] : Array.Empty<string>(),
                .. endpoint.Writes ? [ErrorCodes.WriteUncertain] : Array.Empty<string>(),
            ];
        if (failure is not null && !s_codes.Contains(code))
        {
            yield return $"not typed: {failure}";
        }

        if (!expected.Contains(code))
        {
            yield return $"{code} instead of {string.Join(" or ", expected)}: {failure?.Message}";
        }

        if (elapsed > cell.Options.Timeout + s_slack)
        {
            yield return $"took {elapsed.TotalSeconds:0} seconds";
        }

        if (asked > (endpoint.IsRepeated ? MaxAttempts * fault.TransportRepeats : fault.RenewsToken ? 2 : 1))
        {
            yield return $"asked {asked} times";
        }

        string text = $"{failure}";
        if (cell.Secrets().Any(secret => secret.Length > 0 && text.Contains(secret, StringComparison.Ordinal))
            || text.Contains("Sign in", StringComparison.Ordinal))
        {
            yield return "leaked";
        }

        if (failure is not null
            && (failure.Message.Length > LongestMessage
                || failure.Message.Any(char.IsControl)
                || failure.Message.Contains("##vso[", StringComparison.Ordinal)))
        {
            yield return "the message is not inert";
        }
    }

    // The best of three: what is measured is the engine, not how busy the machine is.
    private static async Task<TimeSpan> StopAsync(MatrixEndpoint endpoint, MatrixFault fault)
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 3 && best > FaultMatrixTests.StopLimit; i++)
        {
            TimeSpan took = await StopOnceAsync(endpoint, fault);
            best = took < best ? took : best;
        }

        return best;
    }

    private static async Task<TimeSpan> StopOnceAsync(MatrixEndpoint endpoint, MatrixFault fault)
    {
        using MatrixCell cell = new(swiftness: 1);
        await endpoint.PrepareAsync(cell);
        string path = endpoint.Path(cell);
        int before = cell.Raw.Server.Count(path);
        Break(cell, endpoint, fault);
        using CancellationTokenSource stop = new();
        Task acting = endpoint.ActAsync(cell, stop.Token);
        while (cell.Raw.Server.Count(path) == before && !acting.IsCompleted)
        {
            await Task.Delay(5);
        }

        await Task.Delay(20);
        Stopwatch watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        Exception? failure = await CatchAsync(acting.WaitAsync(s_noHang));
        return failure is OperationCanceledException ? watch.Elapsed : TimeSpan.MaxValue;
    }

    private static void Break(MatrixCell cell, MatrixEndpoint endpoint, MatrixFault fault)
    {
        string path = endpoint.Path(cell);
        if (fault.AnswerAsync is Func<RawAnswer, Task> answer)
        {
            cell.Raw.Server.Faults[path] = (raw, _) => answer(raw);
        }
        else
        {
            cell.Refuse(path);
        }
    }

    private static async Task<Exception?> CatchAsync(Task work)
    {
        await ((Task)work.ContinueWith(_ => { }, TaskScheduler.Default));
        return work.Exception?.InnerException ?? (work.IsCanceled ? new OperationCanceledException() : null);
    }

    // What is held, not what waits for the collector: how much of that there is depends on the machine.
    private static long HeldBytes()
    {
        long all = GC.GetTotalMemory(forceFullCollection: false);
        return all < SuspiciousBytes ? all : GC.GetTotalMemory(forceFullCollection: true);
    }

    private async Task WatchMemoryAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            PeakBytes = Math.Max(PeakBytes, HeldBytes());
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
