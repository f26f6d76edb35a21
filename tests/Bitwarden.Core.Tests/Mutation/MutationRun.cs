using System.Diagnostics;
using System.Globalization;
using Bitwarden.Core.Errors;
using Xunit;

namespace Bitwarden.Core.Tests.Mutation;

/// <summary>
/// Runs a check on many mutants and counts how each ended. An environment variable says how many; BW_TEST_SEED says which is the first, so that one that fails
/// can be had again.
/// </summary>
internal sealed class MutationRun(string variable, int usual)
{
    private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private TimeSpan _slowest;

    private int Count { get; } = TestSetting.Read(variable, usual);

    /// <param name="check">Gets a source of chance and tells how the mutant ended. May fail in the engine's own ways only.</param>
    internal void Run(Func<Random, string> check)
    {
        int first = TestSetting.Read("BW_TEST_SEED", 1);
        for (int seed = first; seed < first + Count; seed++)
        {
            TimeSpan began = _time.Elapsed;
            string outcome = OutcomeOf(check, seed);
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
            _slowest = _time.Elapsed - began > _slowest ? _time.Elapsed - began : _slowest;
        }
    }

    /// <summary>What is true of every run: mutants end both ways, and none takes long.</summary>
    internal void AssertUseful(string refused, string accepted, TimeSpan limit)
    {
        Assert.True(_outcomes.GetValueOrDefault(accepted) > 0, $"No mutant ended as '{accepted}': {this}");
        int others = _outcomes.Where(outcome => outcome.Key.StartsWith(refused, StringComparison.Ordinal)).Sum(outcome => outcome.Value);
        Assert.True(others > Count / 10, ToString());
        Assert.InRange(_slowest, TimeSpan.Zero, limit);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count:N0} mutants in {_time.Elapsed.TotalSeconds:0} s, the slowest {_slowest.TotalMilliseconds:0} ms: "
        + $"{string.Join(", ", _outcomes.Select(outcome => $"{outcome.Key} {outcome.Value:N0}"))}.");

    private static string OutcomeOf(Func<Random, string> check, int seed)
    {
        try
        {
            return check(new Random(seed));
        }
        catch (BitwardenException e)
        {
            return $"refused as {e.Code}";
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {e.GetType().Name}", e);
        }
    }
}
