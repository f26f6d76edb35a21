using Bitwarden.Core.Sessions;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class SharedNameTests
{
    /// <summary>The same message on the wire: the engine writes it and the server reads it.</summary>
    private static readonly string[] s_sameMeaning = ["PreloginRequest"];

    [Fact]
    public void ServerAndEngineShareANameOnlyForTheSameThing() =>
        Assert.Empty(Names(typeof(EmbeddedServer)).Intersect(Names(typeof(BitwardenSession))).Except(s_sameMeaning));

    // A type that the compiler makes is in no namespace of ours, or has a name that no source can have.
    private static IEnumerable<string> Names(Type any) => any.Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("Bitwarden.", StringComparison.Ordinal) == true && !type.Name.Contains('<', StringComparison.Ordinal))
        .Select(type => type.Name);
}
