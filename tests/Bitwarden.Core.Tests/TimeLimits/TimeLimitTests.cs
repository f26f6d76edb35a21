using System.Diagnostics;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Core.Tests.TimeLimits;

public sealed class TimeLimitTests
{
    [Theory]
    [InlineData(nameof(WaitsForEver))]
    [InlineData(nameof(BlocksForEver))]
    public async Task ATestThatHangsEndsTheRunAndIsNamed(string name)
    {
        string test = $"{typeof(TimeLimitTests).FullName}.{name}";
        ProcessStartInfo start = new("dotnet", [typeof(TimeLimitTests).Assembly.Location, "-explicit", "only", "-method", test])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[TimeLimitAttribute.Variable] = "1";
        using Process run = Process.Start(start)!;
        Task<string> errors = run.StandardError.ReadToEndAsync();
        string output = await run.StandardOutput.ReadToEndAsync() + await errors;
        await run.WaitForExitAsync();
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains($"The test {test} has not ended within 00:00:01.", output, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public Task WaitsForEver() => Task.Delay(Timeout.Infinite);

    [Fact(Explicit = true)]
    public void BlocksForEver() => Thread.Sleep(Timeout.Infinite);
}
