using Bitwarden.Benchmarks.Compare;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Bitwarden.Benchmarks;

/// <summary><c>compare [part of a name]</c> puts the module beside other programs; everything else goes to BenchmarkDotNet.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["compare", ..])
        {
            await Comparisons.RunAsync(arguments.ElementAtOrDefault(1) ?? string.Empty);
            return 0;
        }

        // In process: nothing has to be restored and built again for each benchmark, which fails without a network.
        ManualConfig configuration = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments, configuration);
        return 0;
    }
}
