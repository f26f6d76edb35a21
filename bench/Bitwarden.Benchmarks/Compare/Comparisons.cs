namespace Bitwarden.Benchmarks.Compare;

/// <summary>Everything that is compared, in the order of the table.</summary>
internal static class Comparisons
{
    private static readonly (string Name, Func<Task<IEnumerable<ResultRow>>> Measure)[] s_all =
    [
        ("argon2id", () => Task.FromResult(Argon2Comparison.Measure())),
        ("pbkdf2", () => Task.FromResult(Pbkdf2Comparison.Measure())),
        ("fields", () => Task.FromResult(FieldComparison.Measure())),
        ("import", () => Task.FromResult(ImportComparison.Measure())),
        ("first-call", () => Task.FromResult(FirstCallComparison.Measure())),
        ("vault", VaultComparison.MeasureAsync),
        ("size-small", () => SizeComparison.MeasureAsync(items: 50, processes: 5, rounds: 5)),
        ("size-large", () => SizeComparison.MeasureAsync(items: 5_000, processes: 5, rounds: 5)),
        ("size-huge", () => SizeComparison.MeasureAsync(items: 50_000, processes: 3, rounds: 3)),
        ("curve", CurveComparison.MeasureAsync),
        ("use-secret", UseComparison.MeasureAsync),
        ("write", WriteComparison.MeasureAsync),
        ("agents", AgentsComparison.MeasureAsync),
        ("secretmanagement", SecretManagementComparison.MeasureAsync),
        ("official", OfficialClientComparison.MeasureAsync),
    ];

    /// <summary>Measures those whose name contains a text. What fails is a row of the table, never the end of the run.</summary>
    internal static async Task RunAsync(string part)
    {
        List<ResultRow> rows = [];
        foreach ((string name, Func<Task<IEnumerable<ResultRow>>> measure) in s_all.Where(one => one.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            Console.Error.WriteLine($"measuring {name} ...");
            rows.AddRange(await TryMeasureAsync(name, measure));
        }

        ResultTable.Print(rows);
    }

    private static async Task<IEnumerable<ResultRow>> TryMeasureAsync(string name, Func<Task<IEnumerable<ResultRow>>> measure)
    {
        try
        {
            return await measure();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return [ResultRow.Skipped(name, e.Message.ReplaceLineEndings(" "))];
        }
    }
}
