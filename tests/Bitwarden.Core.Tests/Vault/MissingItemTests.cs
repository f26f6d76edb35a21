using System.Diagnostics;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

/// <summary>That no item was found is told together with what was most likely meant, and costs little.</summary>
public sealed class MissingItemTests
{
    private readonly ScriptedVault _scripted = new();

    [Theory]
    [InlineData("prod-sqk", "prod-sql")]
    [InlineData("PROD-SQ", "prod-sql")]
    [InlineData("prodsql", "prod-sql")]
    [InlineData("Work/prod-sqk", "prod-sql")]
    [InlineData("prod-sqk#password", "prod-sql")]
    [InlineData("bw://Work/pr%6Fd-sqk#password", "prod-sql")]
    public void NearestNameIsTold(string text, string nearest)
    {
        _scripted.AddLogin("prod-sql");
        _scripted.AddLogin("something else");
        ItemLookupException failure = Assert.Throws<ItemLookupException>(() => ResolvedReference.Resolve(_scripted.Open(), text));
        Assert.Equal(("ItemNotFound", NotFoundReason.Absent), (failure.Code, failure.Reason));
        Assert.Equal([nearest], failure.Candidates);
        Assert.Equal($"No item is called '{text}'. The nearest names: '{nearest}'.", failure.Message);
    }

    [Fact]
    public void AtMostThreeNamesAreToldTheNearestFirst()
    {
        foreach (string name in new[] { "server-13", "server-1", "server-12", "server-134", "server-145" })
        {
            _scripted.AddLogin(name);
        }

        Assert.Equal(["server-1", "server-12", "server-13"], _scripted.Open().Missing("server-").Candidates);
    }

    [Theory]
    [InlineData("completely different")]
    [InlineData("xy")]
    [InlineData("")]
    public void FarNamesAreNotTold(string text)
    {
        _scripted.AddLogin("prod-sql");
        _scripted.AddLogin("ab");
        Assert.Empty(_scripted.Open().Missing(text).Candidates);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("gone#password")]
    public void NameInTheTrashIsToldAsSuch(string text)
    {
        _scripted.AddLogin("gone")["deletedDate"] = "2025-01-01T00:00:00Z";
        _scripted.AddLogin("gonf");
        ItemLookupException failure = Assert.Throws<ItemLookupException>(() => ResolvedReference.Resolve(_scripted.Open(), text));
        Assert.Equal(NotFoundReason.InTrash, failure.Reason);
        Assert.Contains("trash", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prod-*")]
    [InlineData("prod-sq?")]
    [InlineData("prod*#password")]
    public void PatternIsToldToBeNoName(string text)
    {
        _scripted.AddLogin("prod-sql");
        ItemLookupException failure = Assert.Throws<ItemLookupException>(() => ResolvedReference.Resolve(_scripted.Open(), text));
        Assert.Equal(NotFoundReason.Pattern, failure.Reason);
        Assert.EndsWith("Names take no wildcards here.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DistanceIsThatOfTheWholeMatrixUpToTheLimit()
    {
        Random random = new(20);
        for (int round = 0; round < 20_000; round++)
        {
            string wanted = Word(random, random.Next(3, 14));
            string name = random.Next(2) == 0 ? Word(random, random.Next(0, 16)) : Mutated(random, wanted);
            int limit = Math.Min(3, wanted.Length / 3);
            int expected = Math.Min(limit + 1, WholeMatrix(wanted.ToUpperInvariant(), name.ToUpperInvariant()));
            Assert.Equal(expected, Math.Min(limit + 1, NearestNames.Distance(wanted, name)));
        }
    }

    [Fact]
    public void LookingThroughAHundredThousandNamesIsAFractionOfTheirWholeMatrices()
    {
        const string Wanted = "production-server-000a1-1380";
        string[] names = [.. Enumerable.Range(0, 100_000).Select(i => $"production-server-{i:x5}-{i * 7919L % 100_003:x5}")];
        Stopwatch clock = Stopwatch.StartNew();
        Assert.NotEmpty(NearestNames.Of(names.Select(name => (name, (string?)name)), Wanted));
        TimeSpan all = clock.Elapsed;
        clock.Restart();
        Assert.True(names.Take(5_000).Min(name => WholeMatrix(Wanted.ToUpperInvariant(), name.ToUpperInvariant())) > 0);
        Assert.True(all < clock.Elapsed * 20 / 4, $"{all.TotalMilliseconds} ms for 100,000 names, {clock.ElapsedMilliseconds} ms for 5,000 whole matrices.");
    }

    [Fact]
    public void EndlessNameIsLookedUpAtOnceAndHasNoNearest()
    {
        _scripted.AddLogin("prod-sql");
        UnlockedVault vault = _scripted.Open();
        Stopwatch clock = Stopwatch.StartNew();
        Assert.Empty(vault.Missing(new string('x', 1_000_000)).Candidates);
        Assert.True(clock.ElapsedMilliseconds < 1_000, $"{clock.ElapsedMilliseconds} ms");
    }

    private static string Word(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "aBc-"[random.Next(4)]));

    private static string Mutated(Random random, string word)
    {
        for (int edits = random.Next(0, 5); edits > 0 && word.Length > 1; edits--)
        {
            int at = random.Next(word.Length);
            word = random.Next(3) switch { 0 => word.Remove(at, 1), 1 => word.Insert(at, "z"), _ => word.Remove(at, 1).Insert(at, "y") };
        }

        return word;
    }

    private static int WholeMatrix(string left, string right)
    {
        int[,] distance = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                distance[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
            }
        }

        return distance[left.Length, right.Length];
    }
}
