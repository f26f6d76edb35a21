using System.Diagnostics;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>Measures several things in turn, round by round, so that whatever else the machine does falls on all of them alike.</summary>
internal static class Interleaved
{
    /// <summary>One list of samples for each contender. The first round warms up and does not count.</summary>
    internal static List<double>[] Run(int rounds, params Func<double>[] contenders)
    {
        List<double>[] samples = [.. contenders.Select(_ => new List<double>())];
        for (int round = 0; round <= rounds; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                double sample = contenders[i]();
                if (round > 0)
                {
                    samples[i].Add(sample);
                }
            }
        }

        return samples;
    }

    /// <summary>Milliseconds that an action takes.</summary>
    internal static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
