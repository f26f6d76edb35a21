using System.Reflection;
using Bitwarden.Tests;
using Xunit.v3;

[assembly: TimeLimit]

namespace Bitwarden.Tests;

/// <summary>
/// Ends the run when one test takes far too long, and names it: otherwise a test that waits for ever is a run that waits for ever. The whole process ends,
/// because a test
/// that blocks its thread cannot be stopped by itself.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TimeLimitAttribute : BeforeAfterTestAttribute
{
    internal const string Variable = "BW_TESTS_TIME_LIMIT";
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable(Variable), out int seconds) ? seconds : 20 * 60);
    private static readonly AsyncLocal<Timer?> s_timer = new();

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => s_timer.Value =
        new Timer(_ => End(test.TestDisplayName), null, s_limit, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => s_timer.Value?.Dispose();

    private static void End(string test)
    {
        string message = $"The test {test} has not ended within {s_limit}.";
        Console.Error.WriteLine(message);
        Environment.FailFast(message);
    }
}
