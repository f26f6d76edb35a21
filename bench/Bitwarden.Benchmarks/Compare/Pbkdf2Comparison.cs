using System.Globalization;
using System.Text;
using Bitwarden.Benchmarks.Native;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>PBKDF2 with 600,000 rounds: this module, the OpenSSL library in this process, and the openssl program.</summary>
internal static class Pbkdf2Comparison
{
    private const int Rounds = 10;
    private const int KeyLength = 32;
    private const string Password = "correct horse battery staple";
    private const string Salt = "bench@example.org";
    private static readonly byte[] s_password = Encoding.UTF8.GetBytes(Password);
    private static readonly byte[] s_salt = Encoding.UTF8.GetBytes(Salt);

    internal static IEnumerable<ResultRow> Measure()
    {
        const string What = "PBKDF2 600,000 rounds";
        ExternalTool? program = ExternalTool.Find("openssl");
        List<double>[] samples = Interleaved.Run(
            Rounds,
            () => Interleaved.Time(Derive),
            () => OpenSsl.IsAvailable ? Interleaved.Time(DeriveWithLibrary) : double.NaN,
            () => program is null ? double.NaN : Interleaved.Time(() => program.Run(Arguments())));
        Series ours = new("ms", samples[0]);
        yield return OpenSsl.IsAvailable
            ? new ResultRow(What) { Ours = ours, Baseline = new Series("ms", samples[1]), Target = Target.Ratio(1.05), Note = "PKCS5_PBKDF2_HMAC in process" }
            : ResultRow.Skipped(What, "no OpenSSL library");
        yield return program is null
            ? ResultRow.Skipped(What, "no openssl program on the PATH")
            : new ResultRow(What) { Ours = ours, Baseline = new Series("ms", samples[2]), Target = Target.Ratio(1.05), Note = "openssl kdf, whole process" };
    }

    private static void Derive() => MasterKey.Derive(s_password, Salt, KdfSettings.DefaultPbkdf2).Dispose();

    private static void DeriveWithLibrary() =>
        OpenSsl.Pbkdf2Sha256(s_password, s_salt, KdfSettings.DefaultPbkdf2.Iterations, stackalloc byte[KeyLength]);

    private static string[] Arguments() =>
    [
        "kdf", "-keylen", KeyLength.ToString(CultureInfo.InvariantCulture),
        "-kdfopt", "digest:SHA256", "-kdfopt", $"pass:{Password}", "-kdfopt", $"salt:{Salt}",
        "-kdfopt", string.Create(CultureInfo.InvariantCulture, $"iter:{KdfSettings.DefaultPbkdf2.Iterations}"),
        "PBKDF2",
    ];
}
