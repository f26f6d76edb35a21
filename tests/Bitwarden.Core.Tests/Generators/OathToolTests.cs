using System.Diagnostics;
using System.Globalization;
using Bitwarden.Core.Generators;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Core.Tests.Generators;

/// <summary>Codes of random settings against those of oathtool (https://oath-toolkit.codeberg.page), where it is on the PATH.</summary>
public sealed class OathToolTests
{
    private const int Settings = 1000;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static readonly string[] s_algorithms = ["sha1", "sha256", "sha512"];

    [Fact]
    public void AThousandRandomSettingsGiveTheSameCodes()
    {
        Skip.When(Find() is null, "oathtool is not on the PATH.");
        Random random = new(20_261_121);
        for (int i = 0; i < Settings; i++)
        {
            string secret = new(random.GetItems<char>(Base32, 8 * random.Next(1, 9)));
            string algorithm = s_algorithms[random.Next(s_algorithms.Length)];
            int digits = random.Next(6, 9);
            int period = random.Next(1, 301);
            DateTimeOffset at = DateTimeOffset.FromUnixTimeSeconds(random.NextInt64(0, 4_000_000_000));
            string field = $"otpauth://totp/x?secret={secret}&algorithm={algorithm}&digits={digits}&period={period}";
            using OneTimeCode ours = Totp.ComputeCode(field, at);
            Assert.Equal(Run(secret, algorithm, digits, period, at), ours.Value.RevealText());
            Assert.InRange(ours.SecondsLeft, 1, period);
        }
    }

    private static string Run(string secret, string algorithm, int digits, int period, DateTimeOffset at)
    {
        string now = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        string[] arguments = ["--base32", $"--totp={algorithm}", $"--digits={digits}", $"--time-step-size={period}s", $"--now={now}", secret];
        using Process process = Process.Start(new ProcessStartInfo(Find()!, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "oathtool"))
        .FirstOrDefault(File.Exists);
}
