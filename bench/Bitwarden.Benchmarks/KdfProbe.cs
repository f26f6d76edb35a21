using System.Diagnostics;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Benchmarks;

/// <summary>For Probes/Derive.ps1, which loads this assembly into pwsh: PowerShell cannot call methods with span parameters.</summary>
public static class KdfProbe
{
    /// <summary>Milliseconds of each of several Argon2id derivations, the first of them cold.</summary>
    /// <param name="count">How many.</param>
    public static double[] Derive(int count)
    {
        double[] samples = new double[count];
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            MasterKey.Derive("correct horse battery staple"u8, "bench@example.org", KdfSettings.DefaultArgon2id).Dispose();
            samples[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return samples;
    }
}
