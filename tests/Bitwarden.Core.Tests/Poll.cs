using System.Diagnostics;

namespace Bitwarden.Core.Tests;

/// <summary>Waits for what another thread does, with an end.</summary>
internal static class Poll
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <exception cref="TimeoutException">It did not happen; the message says what.</exception>
    internal static async Task UntilAsync(string what, Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > s_limit)
            {
                throw new TimeoutException($"Waited {s_limit.TotalSeconds} seconds for {what} in vain.");
            }

            await Task.Delay(5);
        }
    }
}
