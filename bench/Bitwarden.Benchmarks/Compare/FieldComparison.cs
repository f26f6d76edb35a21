using Bitwarden.Benchmarks.Fixtures;
using Bitwarden.Benchmarks.Native;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>Decrypting 50,000 fields to text, beside C on OpenSSL and beside .NET's one-shot calls.</summary>
internal static class FieldComparison
{
    private const int Rounds = 20;
    private const double NanosecondsPerField = 1e6 / SampleFields.Count;

    internal static IEnumerable<ResultRow> Measure()
    {
        using SampleFields fields = new();
        return [.. Measure(fields, 1), .. Measure(fields, 2)];
    }

    private static List<ResultRow> Measure(SampleFields fields, int threads)
    {
        string what = $"50,000 fields, {threads} thread{(threads == 1 ? string.Empty : "s")}, per field";
        (FieldProgram? program, string reason) = TryStart(fields);
        using (program)
        {
            List<double>[] samples = Interleaved.Run(
                Rounds,
                () => Interleaved.Time(() => fields.OnThreads(threads, fields.DecryptText)),
                () => program?.Decrypt(threads) ?? double.NaN,
                () => Interleaved.Time(() => fields.OnThreads(threads, share => OneShots(fields, share))));
            Series[] all = [.. samples.Select(list => new Series("ms", list).Scaled(NanosecondsPerField, "ns"))];
            ResultRow c = program is null
                ? ResultRow.Skipped(what, reason)
                : new ResultRow(what) { Ours = all[0], Baseline = all[1], Target = Target.Ratio(3), Note = "C, OpenSSL EVP and HMAC contexts reused" };
            return [c, new ResultRow(what) { Ours = all[0], Baseline = all[2], Note = ".NET one-shot calls" }];
        }
    }

    private static long OneShots(SampleFields fields, ArraySegment<EncString> share) =>
        OneShotCipher.Decrypt(share, fields.EncryptionKey.ToArray(), fields.MacKey.ToArray());

    private static (FieldProgram? Program, string Reason) TryStart(SampleFields fields)
    {
        try
        {
            return (FieldProgram.Start(fields), string.Empty);
        }
        catch (InvalidOperationException e)
        {
            return (null, "the C program cannot be built: " + e.Message.ReplaceLineEndings(" "));
        }
    }
}
