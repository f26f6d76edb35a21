using System.Collections.Concurrent;
using Xunit;

namespace Bitwarden.Tests;

/// <summary>Skips a test, and says why on the console: once, however many tests have that reason.</summary>
internal static class Skip
{
    private static readonly ConcurrentDictionary<string, bool> s_told = new();

    internal static void When(bool condition, string? reason)
    {
        if (condition && s_told.TryAdd(reason!, true))
        {
            TestContext.Current.SendDiagnosticMessage("Skipping tests: {0}", reason!);
        }

        Assert.SkipWhen(condition, reason ?? string.Empty);
    }
}
