using Xunit;

namespace Bitwarden.Module.Tests;

/// <summary>The Pester files that are named after a cmdlet.</summary>
public sealed class PesterCmdletTests(TestServers servers, ITestOutputHelper output) : PesterFiles(servers, output)
{
    public static TheoryData<string> Files() => FilesWhere(IsOfCmdlet);

    [Theory]
    [MemberData(nameof(Files))]
    public Task Passes(string file) => RunAsync(file);

    internal static bool IsOfCmdlet(string file) => file.Contains("-Bw", StringComparison.Ordinal);
}
