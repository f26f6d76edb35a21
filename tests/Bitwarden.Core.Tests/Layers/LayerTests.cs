using Bitwarden.Core.Sessions;
using Xunit;

namespace Bitwarden.Core.Tests.Layers;

/// <summary>Dependencies in the engine point one way: a namespace uses only those that stand before it here.</summary>
public sealed class LayerTests
{
    private static readonly string[] s_bottomUp =
    [
        "Bitwarden.Core.Errors",
        "Bitwarden.Core.Reporting",
        "Bitwarden.Core.Matching",
        "Bitwarden.Core.Crypto.Primitives",
        "Bitwarden.Core.Crypto.Primitives.Argon2",
        "Bitwarden.Core.Crypto",
        "Bitwarden.Core.Ssh",
        "Bitwarden.Core.Generators",
        "Bitwarden.Core.Api.Wire",
        "Bitwarden.Core.Vault",
        "Bitwarden.Core.Vault.Editing",
        "Bitwarden.Core.Transfer",
        "Bitwarden.Core.Api",
        "Bitwarden.Core.Auth",
        "Bitwarden.Core.Sessions.Unlocking",
        "Bitwarden.Core.Sessions",
        "Bitwarden.Core.Official",
        "Bitwarden.Core.Diagnostics",
    ];

    private static readonly IReadOnlyList<NamespaceGraph.Edge> s_edges = NamespaceGraph.Read(typeof(BitwardenSession).Assembly.Location);

    [Fact]
    public void NoNamespaceUsesOneAboveIt()
    {
        string[] wrong = [.. s_edges
            .Where(edge => Array.IndexOf(s_bottomUp, edge.To) >= Array.IndexOf(s_bottomUp, edge.From))
            .Select(edge => $"{edge.From} -> {edge.To}: {edge.Example}")];
        Assert.True(wrong.Length == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void EveryNamespaceHasItsPlace() => Assert.Empty(s_edges
        .SelectMany(edge => new[] { edge.From, edge.To })
        .Where(name => name.StartsWith("Bitwarden.Core", StringComparison.Ordinal))
        .Except(s_bottomUp));

    [Fact]
    public void TheGraphIsReadFromBodiesToo() => Assert.Contains(
        s_edges, edge => edge is { From: "Bitwarden.Core.Crypto", To: "Bitwarden.Core.Crypto.Primitives.Argon2" });
}
