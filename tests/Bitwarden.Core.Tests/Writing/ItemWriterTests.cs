using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Matching;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.TestServer;
using Bitwarden.TestServer.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Writing;

/// <summary>Creating and changing items, against the embedded server.</summary>
public sealed class ItemWriterTests
{
    public static TheoryData<ItemType> Types() => [.. ItemTypes.All.Select(row => row.Type)];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task EveryMemberOfEveryKindIsReadBackByAnotherSession(ItemType type)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        using ItemEdit edit = WritingHarness.Edit("made here");
        foreach (ItemMember member in ItemTypes.Of(type).Members.Append(ItemMember.Notes))
        {
            edit.Set(member.Selector, SecretBytes.FromCharacters($"value of {member.Selector} ü"));
        }

        edit.SetField("colour", SecretBytes.FromCharacters("blue"));
        edit.SetField("pin", SecretBytes.FromCharacters("1234"), FieldType.Hidden);
        edit.SetField("on", SecretBytes.FromCharacters("true"), FieldType.Boolean);
        VaultItem made = await session.GetWriter().Items.CreateAsync(type, edit);
        Assert.Same(made, session.GetVault().Find("made here"));
        VaultItem read = (await harness.UnlockAsync()).GetVault().Find("made here");
        Assert.Equal(type, read.Type);
        foreach (ItemMember member in ItemTypes.Of(type).Members.Append(ItemMember.Notes))
        {
            Assert.Equal($"value of {member.Selector} ü", read.Values[member.Selector].RevealText());
        }

        Assert.Equal(
            ["colour=blue Text", "pin=1234 Hidden", "on=true Boolean"], read.Fields.Select(field => $"{field.Name}={field.Value!.RevealText()} {field.Type}"));
        Assert.Empty(read.Problems);
    }

    [Fact]
    public async Task WrittenItemIsFoundByItsIdAsItIsNow()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem made = await session.GetWriter().Items.CreateAsync(ItemType.Login, WritingHarness.Edit("made", ("username", "first")));
        Assert.Same(made, session.GetVault().Find(made.Id.ToString()));
        VaultItem known = session.GetVault().Find("prod-sql");
        VaultItem changed = await session.GetWriter().Items.UpdateAsync(known, WritingHarness.Edit(null, ("username", "second")));
        Assert.Same(changed, session.GetVault().Find(known.Id.ToString()));
        await session.GetWriter().Places.DeleteAsync([changed]);
        Assert.Null(session.GetVault().TryFind(known.Id.ToString()));
    }

    [Fact]
    public async Task ChangeLeavesEverythingElseInItsOwnEncryption()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("prod-sql");
        StoredCipher before = harness.Stored(item);
        using ItemEdit edit = WritingHarness.Edit(null, ("username", "somebody"));
        VaultItem changed = await session.GetWriter().Items.UpdateAsync(item, edit);
        StoredCipher after = harness.Stored(item);
        Assert.Equal("somebody", changed.Username);
        CipherContent expected = before.Content with { Login = before.Content.Login! with { Username = after.Content.Login!.Username } };
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(after.Content));
        Assert.Equal((before.FolderId, before.Favorite, before.Reprompt, before.Key), (after.FolderId, after.Favorite, after.Reprompt, after.Key));
    }

    [Fact]
    public async Task ChangedPasswordGoesToTheHistoryFiveTimesAtMost()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        ItemWriter writer = session.GetWriter().Items;
        VaultItem item = await writer.CreateAsync(ItemType.Login, WritingHarness.Edit("turning", ("password", "p0")));
        for (int i = 1; i <= 7; i++)
        {
            using ItemEdit edit = WritingHarness.Edit(null, ("password", $"p{i}"));
            harness.Server.Clock.Advance(TimeSpan.FromSeconds(10));
            await session.SyncAsync(force: true);
            item = await writer.UpdateAsync(item, edit);
        }

        Assert.Equal(["p6", "p5", "p4", "p3", "p2"], harness.Stored(item).Content.PasswordHistory!
            .Select(entry => harness.Decrypt(harness.Stored(item), entry.Password!)));
        Assert.NotNull(item.PasswordRevisionDate);
    }

    [Fact]
    public async Task WriteOverANewerVersionIsRefusedWithDatesAndDifferences()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession first = await harness.UnlockAsync();
        BitwardenSession second = await harness.UnlockAsync();
        VaultItem item = first.GetVault().Find("prod-sql");
        VaultItem theirs = await second.GetWriter().Items.UpdateAsync(second.GetVault().Find("prod-sql"), WritingHarness.Edit(null, ("username", "theirs")));
        ItemWriteException failure = await Assert.ThrowsAsync<ItemWriteException>(
            () => first.GetWriter().Items.UpdateAsync(item, WritingHarness.Edit(null, ("notes", "ours"))));
        Assert.Equal("ItemChanged", failure.Code);
        Assert.Equal(item.RevisionDate, failure.KnownRevision);
        Assert.Equal(theirs.RevisionDate, failure.CurrentRevision);
        Assert.Equal(["login.username"], failure.Differences);
        Assert.Equal("theirs", first.GetVault().Find("prod-sql").Username);
    }

    [Fact]
    public async Task ForceAppliesTheChangeToTheNewestVersion()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession first = await harness.UnlockAsync();
        BitwardenSession second = await harness.UnlockAsync();
        VaultItem item = first.GetVault().Find("prod-sql");
        await second.GetWriter().Items.UpdateAsync(second.GetVault().Find("prod-sql"), WritingHarness.Edit(null, ("username", "theirs")));
        VaultItem merged = await first.GetWriter().Items.UpdateAsync(item, WritingHarness.Edit(null, ("notes", "ours")), force: true);
        Assert.Equal(("theirs", "ours"), (merged.Username, merged.Notes!.RevealText()));
    }

    [Fact]
    public async Task NothingIsSentWhereNothingChanges()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("prod-sql");
        int requests = harness.Server.Requests.All.Count;
        using ItemEdit edit = WritingHarness.Edit("prod-sql", ("password", harness.Account.Passwords["prod-sql"]));
        Assert.Same(item, await session.GetWriter().Items.UpdateAsync(item, edit));
        Assert.Equal(requests, harness.Server.Requests.All.Count);
    }

    [Theory]
    [InlineData("name", 687)]
    [InlineData("username", 687)]
    [InlineData("password", 3695)]
    [InlineData("notes", 7439)]
    public async Task WhatIsTooLongIsNamedBeforeAnythingIsSent(string member, int longest)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        ItemEdit Of(int length) => member == "name"
            ? WritingHarness.Edit(new string('x', length))
            : WritingHarness.Edit("long", (member, new string('x', length)));
        await session.GetWriter().Items.CreateAsync(ItemType.Login, Of(longest));
        int requests = harness.Server.Requests.All.Count;
        InvalidInputException failure = await Assert.ThrowsAsync<InvalidInputException>(
            () => session.GetWriter().Items.CreateAsync(ItemType.Login, Of(longest + 1)));
        Assert.Equal("InputTooLong", failure.Code);
        Assert.Contains($"{member} is too long", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{longest} bytes", failure.Message, StringComparison.Ordinal);
        Assert.Equal(requests, harness.Server.Requests.All.Count);
    }

    [Fact]
    public async Task AddressesKeepWhatIsKnownAboutThem()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        ItemEdit edit = WritingHarness.Edit("site");
        edit.Addresses = [new AddressEdit("https://one.example", UriMatch.Exact), new AddressEdit("https://two.example")];
        VaultItem item = await session.GetWriter().Items.CreateAsync(ItemType.Login, edit);
        LoginUriData one = harness.Stored(item).Content.Login!.Uris![0];
        harness.Server.Clock.Advance(TimeSpan.FromSeconds(10));
        await session.SyncAsync(force: true);
        ItemEdit swap = new() { Addresses = [new AddressEdit("https://three.example"), new AddressEdit("https://one.example")] };
        item = await session.GetWriter().Items.UpdateAsync(item, swap);
        Assert.Equal(["https://three.example", "https://one.example"], item.Uris);
        Assert.Equal(one, harness.Stored(item).Content.Login!.Uris![1]);
        Assert.Empty(item.Problems);
    }

    [Theory]
    [InlineData(FaultKind.BrokenConnection)]
    [InlineData(FaultKind.TruncatedJson)]
    public async Task CreatedItemWhoseAnswerIsLostIsFoundAndNotSentTwice(FaultKind fault)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        harness.Server.Faults.Add(new Fault("/api/ciphers", fault, Times: 1, Method: "POST"));
        VaultItem made = await session.GetWriter().Items.CreateAsync(ItemType.SecureNote, WritingHarness.Edit("once", ("notes", "n")));
        Assert.Equal("once", made.Name);
        Assert.Equal(1, harness.Server.Requests.All.Count(request => request is { Method: "POST", Path: "/api/ciphers" }));
        Assert.Single(session.GetVault().Items, item => item.Name == "once");
    }

    [Fact]
    public async Task CreatedItemThatNobodyCanLookForIsUncertain()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        harness.Server.Faults.Add(new Fault("/api/ciphers", FaultKind.BrokenConnection, Times: 1, Method: "POST"));
        harness.Server.Faults.Add(new Fault("/api/sync", FaultKind.ServerError));
        ItemWriteException failure = await Assert.ThrowsAsync<ItemWriteException>(
            () => session.GetWriter().Items.CreateAsync(ItemType.SecureNote, WritingHarness.Edit("lost", ("notes", "n"))));
        Assert.Equal("WriteUncertain", failure.Code);
    }

    [Fact]
    public async Task ChangeWhoseAnswerIsLostIsSeen()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        harness.Server.Faults.Add(new Fault("/api/ciphers", FaultKind.BrokenConnection, Times: 1, Method: "PUT"));
        VaultItem item = await session.GetWriter().Items.UpdateAsync(session.GetVault().Find("prod-sql"), WritingHarness.Edit(null, ("username", "arrived")));
        Assert.Equal("arrived", item.Username);
    }

    [Fact]
    public async Task ChangeThatNeverArrivedIsUncertain()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        harness.Server.Faults.Add(new Fault("/api/ciphers", FaultKind.ServerError, Times: 1, Method: "PUT"));
        ItemWriteException failure = await Assert.ThrowsAsync<ItemWriteException>(
            () => session.GetWriter().Items.UpdateAsync(session.GetVault().Find("prod-sql"), WritingHarness.Edit(null, ("username", "no"))));
        Assert.Equal("WriteUncertain", failure.Code);
        Assert.NotEqual("no", session.GetVault().Find("prod-sql").Username);
    }

    [Theory]
    [InlineData("sealed", "its encryption is newer")]
    [InlineData("unknown type", "are newer than this version")]
    [InlineData("malformed", "it cannot be read (MalformedItem)")]
    [InlineData("a member twice", "a form that is not understood")]
    public async Task WhatIsNotUnderstoodIsNotSent(string kind, string reason)
    {
        using ScriptedServer server = new();
        JsonObject item = server.Vault.AddLogin("web", "ada", "pw-1");
        Break(item, kind);
        using BitwardenSession session = await server.ConnectUnlockedAsync(new ManualTimeProvider());
        VaultItem found = session.GetVault().TryFind(Guid.Parse(item["id"]!.GetValue<string>()))!;
        ItemWriteException failure = await Assert.ThrowsAsync<ItemWriteException>(
            () => session.GetWriter().Items.UpdateAsync(found, WritingHarness.Edit(null, ("notes", "x"))));
        Assert.Equal("ItemNotWritable", failure.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, request => request.Path.Contains("ciphers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PasskeysAndMatchTypesSurviveAnEdit()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        foreach (StoredCipher before in harness.Account.Vault.Ciphers.Where(cipher => cipher.Content.Login?.Fido2Credentials is not null))
        {
            VaultItem item = session.GetVault().TryFind(before.Id)!;
            await session.GetWriter().Items.UpdateAsync(item, WritingHarness.Edit(null, ("username", "other")));
            LoginData after = harness.Stored(item).Content.Login!;
            Assert.Equal(JsonSerializer.Serialize(before.Content.Login!.Fido2Credentials), JsonSerializer.Serialize(after.Fido2Credentials));
            Assert.Equal(JsonSerializer.Serialize(before.Content.Login.Uris), JsonSerializer.Serialize(after.Uris));
            Assert.NotEqual(before.Content.Login.Username, after.Username);
            return;
        }

        Assert.Fail("No item has a passkey.");
    }

    private static void Break(JsonObject item, string kind)
    {
        switch (kind)
        {
            case "sealed":
                item["data"] = """{"format_version":1,"blob":"x"}""";
                break;
            case "unknown type":
                item["type"] = 99;
                break;
            case "malformed":
                item["name"] = 5;
                break;
            default:
                item["NEW"] = 1;
                item["new"] = 2;
                break;
        }
    }
}
