using System.Globalization;
using System.Text;
using Bitwarden.Benchmarks.Native;
using Bitwarden.Core.Crypto.Primitives.Argon2;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>
/// One Argon2id derivation here beside one whole run of the argon2 program. Without -r that program derives twice, and with its own clock it
/// prints processor time instead of time.
/// </summary>
internal static class Argon2Comparison
{
    private const int Rounds = 15;
    private const int KeyLength = 32;
    private const string Password = "correct horse battery staple";
    private const string Salt = "0123456789abcdef0123456789abcdef";

    internal static IEnumerable<ResultRow> Measure() =>
    [
        Measure("Argon2id 64 MiB, t=3, p=4", new Argon2Parameters(3, 64 * 1024, 4), Target.Ratio(0.5)),
        Measure("Argon2id 32 MiB, t=6, p=4", new Argon2Parameters(6, 32 * 1024, 4), null),
    ];

    private static ResultRow Measure(string what, Argon2Parameters parameters, Target? target)
    {
        if (ExternalTool.Find("argon2") is not ExternalTool argon2)
        {
            List<double> alone = Interleaved.Run(Rounds, () => Interleaved.Time(() => Derive(parameters)))[0];
            return new ResultRow(what) { Ours = new Series("ms", alone), Note = "skipped: no argon2 program on the PATH" };
        }

        EnsureSame(argon2, parameters);
        List<double>[] samples = Interleaved.Run(
            Rounds,
            () => Interleaved.Time(() => Derive(parameters)),
            () => Interleaved.Time(() => Run(argon2, parameters)));
        return new ResultRow(what)
        {
            Ours = new Series("ms", samples[0]),
            Baseline = new Series("ms", samples[1]),
            Target = target,
            Note = "argon2 -r, whole process",
        };
    }

    private static byte[] Derive(Argon2Parameters parameters)
    {
        byte[] key = new byte[KeyLength];
        Argon2id.DeriveKey(Encoding.UTF8.GetBytes(Password), Encoding.UTF8.GetBytes(Salt), parameters, key);
        return key;
    }

    private static string Run(ExternalTool argon2, Argon2Parameters parameters)
    {
        string arguments = string.Create(
            CultureInfo.InvariantCulture,
            $"{Salt} -id -r -t {parameters.Iterations} -k {parameters.MemoryKib} -p {parameters.Parallelism} -l {KeyLength}");
        return argon2.Run(arguments.Split(' '), Password);
    }

    private static void EnsureSame(ExternalTool argon2, Argon2Parameters parameters)
    {
        if (!Convert.ToHexString(Derive(parameters)).Equals(Run(argon2, parameters).Trim(), StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException("the argon2 program derives another key");
        }
    }
}
