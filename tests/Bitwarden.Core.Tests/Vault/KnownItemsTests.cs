using System.Text;
using System.Text.Json;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

/// <summary>An answer that is read with the one before at hand gives what it gives alone, however it differs.</summary>
public sealed class KnownItemsTests
{
    private const string First =
        """{"id":"00000000-0000-0000-0000-000000000001","name":"one","data":"{\"Name\":\"one\"}","login":{"data":"kept"},"notes":"n"}""";
    private const string Second = """{ "id" : "00000000-0000-0000-0000-000000000002" , "name" : "two" , "Data" : "copy" }""";
    private const string Third = """{"data":null,"id":"00000000-0000-0000-0000-000000000003","name":"three","key":"k"}""";
    private const string Fourth = """{"id":"00000000-0000-0000-0000-000000000004","name":"four"}""";
    private static readonly VaultBytes s_none = new();
    private static readonly string[] s_all = [First, Second, Third, Fourth];

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1234")]
    [InlineData("4321")]
    [InlineData("134")]
    [InlineData("12534")]
    [InlineData("51234")]
    [InlineData("12345")]
    [InlineData("3124")]
    [InlineData("11223344")]
    [InlineData("4123414")]
    public void ItemsAreFoundWhereverTheyWent(string order)
    {
        string[] items = [.. s_all, """{"id":"00000000-0000-0000-0000-000000000005","name":"five","data":"{}"}"""];
        Check(s_all, [.. order.Select(place => items[place - '1'])]);
    }

    [Theory]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "\"other\"")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "\"\"")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "null")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "nul")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "{\"name\":\"x\"}")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "\"\\\\\"")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "\"\\\\\\\"\"")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "\"\\\\\\\\\"")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "\"{\\\"format_version\\\":1}\"")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "\"format_version\"")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "\"unterminated")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "\"a\",\"data\":\"b\"")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "\"a\" , \"data\" : \"{\\\"format_version\\\":1}\"")]
    [InlineData("\"{\\\"Name\\\":\\\"one\\\"}\"", "\"a\",\"extra\":1")]
    [InlineData("\"data\":\"{\\\"Name\\\":\\\"one\\\"}\",", "")]
    [InlineData("\"data\":\"{\\\"Name\\\":\\\"one\\\"}\",", "\"d\\u0061ta\" :\t\"x\"\r\n,  ")]
    [InlineData("\"data\":\"{\\\"Name\\\":\\\"one\\\"}\",", " \"DATA\" :\t\"x\"\r\n,  ")]
    [InlineData("\"data\":\"{\\\"Name\\\":\\\"one\\\"}\",", "\"data\":\"x\"")]
    [InlineData("\"data\":\"{\\\"Name\\\":\\\"one\\\"}\",", "\"data\":\"x\",,")]
    [InlineData("\"data\":\"{\\\"Name\\\":\\\"one\\\"}\",", "\"dato\":\"x\",")]
    [InlineData(" , \"Data\" : \"copy\" }", ",\"data\":\"}],{\"}")]
    [InlineData(" , \"Data\" : \"copy\" }", "}")]
    [InlineData(" , \"Data\" : \"copy\" }", ", \"data\":\"x\", \"data\":\"y\" }")]
    [InlineData(" , \"Data\" : \"copy\" }", ", \"data\":\"x\", }")]
    [InlineData(" , \"Data\" : \"copy\" }", ", \"data\":\"x\" \"notes\":1 }")]
    [InlineData(" , \"Data\" : \"copy\" }", ", \"data\":\"x\", \"notes\":1 }")]
    [InlineData("\"data\":null,", "\"data\":\"now one\",")]
    [InlineData("\"data\":null,", "")]
    [InlineData("\"four\"", "\"four\",\"data\":\"now one\"")]
    [InlineData("\"four\"", "\"changed\"")]
    [InlineData("\"kept\"", "\"changed\"")]
    [InlineData("\"name\":\"four\"}", "\"name\":\"four\"")]
    public void ChangedItemIsReadAnew(string text, string instead)
    {
        string[] changed = [.. s_all.Select(item => item.Replace(text, instead, StringComparison.Ordinal))];
        Assert.NotEqual(s_all, changed);
        Check(s_all, changed);
        Check(changed, s_all);
        Check(changed, [.. changed.Reverse()]);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"id\":\"00000000-0000-0000-0000-000000000004\"")]
    [InlineData("7")]
    [InlineData("\"data\"")]
    [InlineData("truex")]
    [InlineData("")]
    public void WhateverElseIsInTheListIsReadAsBefore(string element) => Check(s_all, [First, element, Second]);

    [Fact]
    public void BehindAnItemThatChangedTheNextOneIsKnownAgain()
    {
        KnownItems known = new(Read(Answer(s_all)).Ciphers);
        byte[] third = Encoding.UTF8.GetBytes(Third);
        Assert.Null(known.TryTake(third, 0, out _));
        known.GoOnBehind(Guid.NewGuid());
        Assert.Null(known.TryTake(third, 0, out _));
        known.GoOnBehind(new Guid("00000000-0000-0000-0000-000000000002"));
        Assert.NotNull(known.TryTake(third, 0, out ByteRange copy));
        Assert.Equal("\"data\":null,", Encoding.UTF8.GetString(third.AsSpan(copy.Start, copy.Length)));
        Assert.Null(known.TryTake(third, 0, out _));
        known.GoOnBehind(new Guid("00000000-0000-0000-0000-000000000003"));
        Assert.NotNull(known.TryTake(Encoding.UTF8.GetBytes(Fourth), 0, out copy));
        Assert.True(copy.IsEmpty);
    }

    [Fact]
    public void NothingIsMadeAnewWhereNothingIsKeptThatDiffers()
    {
        VaultSnapshot before = Read(Answer(s_all));
        string answer = Answer(s_all).Replace("copy", "another \\\" copy", StringComparison.Ordinal).Replace("null", "\"filled\"", StringComparison.Ordinal);
        VaultSnapshot after = SyncReader.Read(Encoding.UTF8.GetBytes(answer), DateTimeOffset.UnixEpoch.AddDays(1), before);
        Assert.Same(before.Bytes, after.Bytes);
        Assert.Same(before.Ciphers, after.Ciphers);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(1), after.FetchedAt);
    }

    [Theory]
    [InlineData("\"sync\"", "\"Sync\"")]
    [InlineData("\"a@example.org\"", "\"b@example.org\"")]
    [InlineData("\"sends\":[]", "\"sends\":[1]")]
    [InlineData("\"sends\":[]", "\"sends\":[ ]")]
    [InlineData("\"one\"", "\"eno\"")]
    public void OneByteThatIsKeptMakesAnotherSnapshot(string text, string instead)
    {
        VaultSnapshot before = Read(Answer(s_all));
        string answer = Answer(s_all).Replace(text, instead, StringComparison.Ordinal);
        Assert.NotSame(before.Bytes, Read(answer, before).Bytes);
        Check(Answer(s_all), answer);
    }

    [Fact]
    public void BytesThatWereLetGoKnowNothing()
    {
        VaultSnapshot before = Read(Answer(s_all));
        before.Bytes.Release();
        Assert.Equal(4, Read(Answer(s_all), before).Ciphers.Count(row => !row.Json.IsEmpty));
    }

    [Fact]
    public void AnswerThatEndsTooEarlyIsRefused()
    {
        VaultSnapshot before = Read(Answer(s_all));
        byte[] answer = Encoding.UTF8.GetBytes(Answer([Second, First, Third, Third, Fourth]));
        for (int length = 0; length < answer.Length; length++)
        {
            byte[] part = answer[..length];
            Assert.ThrowsAny<JsonException>(() => SyncReader.Read(part, DateTimeOffset.UnixEpoch));
            Assert.ThrowsAny<JsonException>(() => SyncReader.Read(part, DateTimeOffset.UnixEpoch, before));
        }
    }

    private static void Check(string[] before, string[] after) => Check(Answer(before), Answer(after));

    /// <summary>Checks that an answer gives the same with the one before at hand as alone, also where it cannot be read.</summary>
    internal static void Check(string before, string after)
    {
        VaultSnapshot? known = TryRead(before, null);
        VaultSnapshot? alone = TryRead(after, null);
        VaultSnapshot? beside = TryRead(after, known);
        Assert.Equal(alone is null, beside is null);
        Assert.Equal(alone?.Bytes.Span.ToArray(), beside?.Bytes.Span.ToArray());
        Assert.Equal(alone?.Ciphers.Select(Comparable), beside?.Ciphers.Select(Comparable));
        Assert.All(beside?.Ciphers ?? [], row => Assert.Same(beside!.Bytes, row.Bytes));
    }

    // Where the copy was is a hint only, and stays that of the answer before where what is kept is the same.
    private static CipherRow Comparable(CipherRow row) => row with { Bytes = s_none, CopyAt = 0 };

    private static VaultSnapshot? TryRead(string answer, VaultSnapshot? known)
    {
        try
        {
            return Read(answer, known);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static VaultSnapshot Read(string answer, VaultSnapshot? known = null) =>
        SyncReader.Read(Encoding.UTF8.GetBytes(answer), DateTimeOffset.UnixEpoch, known);

    private static string Answer(string[] items) =>
        $$"""{"object":"sync","profile":{"email":"a@example.org"},"ciphers":[{{string.Join(',', items)}}],"sends":[]}""";
}
