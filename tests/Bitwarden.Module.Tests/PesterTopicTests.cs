using Xunit;

namespace Bitwarden.Module.Tests;

/// <summary>The Pester files that cut across the cmdlets.</summary>
public sealed class PesterTopicTests(TestServers servers, ITestOutputHelper output) : PesterFiles(servers, output)
{
    public static TheoryData<string> Files() => FilesWhere(file => !PesterCmdletTests.IsOfCmdlet(file));

    [Theory]
    [MemberData(nameof(Files))]
    public Task Passes(string file) => RunAsync(file);
}
