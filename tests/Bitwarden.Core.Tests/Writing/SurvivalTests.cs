using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Xunit;

namespace Bitwarden.Core.Tests.Writing;

/// <summary>
/// Random items survive the way to the server and back, and random items of a newer server survive an edit with nothing but the edit changed. BW_TEST_DOCUMENTS
/// says how many are tried, BW_TEST_SEED makes them others.
/// </summary>
public sealed class SurvivalTests
{
    private const int FewItems = 40;
    private static readonly int s_count = TestSetting.Read("BW_TEST_DOCUMENTS", FewItems);
    private readonly Random _random = new(TestSetting.Read("BW_TEST_SEED", 1));

    [Fact]
    public async Task RandomItemIsReadAsItWasWritten()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession writer = await harness.UnlockAsync();
        BitwardenSession reader = await harness.UnlockAsync();
        for (int i = 0; i < s_count; i++)
        {
            ItemType type = ItemTypes.All[_random.Next(ItemTypes.All.Count)].Type;
            Dictionary<string, string> values = RandomValues(type);
            using ItemEdit edit = WritingHarness.Edit($"random-{i}", [.. values.Select(value => (value.Key, (string?)value.Value))]);
            string[] fields = [.. Enumerable.Range(0, _random.Next(4)).Select(number => $"f{number} {RandomText()}")];
            foreach (string field in fields)
            {
                edit.SetField(field, SecretBytes.FromCharacters(field), (FieldType)_random.Next(2));
            }

            VaultItem made = await writer.GetWriter().Items.CreateAsync(type, edit);
            await reader.SyncAsync(force: true);
            foreach (VaultItem item in new[] { made, reader.GetVault().TryFind(made.Id)! })
            {
                Assert.Equal(
                    values.OrderBy(value => value.Key),
                    item.Values.Select(value => KeyValuePair.Create(value.Key, value.Value.RevealText())).OrderBy(value => value.Key));
                Assert.Equal(fields, item.Fields.Select(field => field.Name));
                Assert.Equal(fields, item.Fields.Select(field => field.Value!.RevealText()));
                Assert.Empty(item.Problems);
            }
        }
    }

    [Fact]
    public async Task UnknownMembersSurviveAnEditAndNothingElseChanges()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        for (int i = 0; i < s_count; i++)
        {
            Guid id = harness.Server.AddItem(harness.Account, $"strange-{i}", RandomText(), RandomText());
            harness.Server.AddUnknownMembers(harness.Account, id, RandomMembers(3));
        }

        harness.Server.Clock.Advance(TimeSpan.FromMinutes(1));
        BitwardenSession session = await harness.UnlockAsync();
        for (int i = 0; i < s_count; i++)
        {
            VaultItem before = session.GetVault().Find($"strange-{i}");
            JsonNode sent = JsonNode.Parse(before.Row.Json)!;
            VaultItem after = await session.GetWriter().Items.UpdateAsync(before, WritingHarness.Edit(null, ("totp", $"totp {RandomText()}")));
            Assert.Equal(["login.totp"], ItemComparison.Differences(before, after));
            JsonNode now = JsonNode.Parse(after.Row.Json)!;
            foreach (JsonNode document in new[] { sent, now })
            {
                document["login"]!.AsObject().Remove("totp");
                foreach (string ofVersion in new[] { "object", "revisionDate", "collectionIds" })
                {
                    document.AsObject().Remove(ofVersion);
                }
            }

            Assert.True(JsonNode.DeepEquals(sent, now), $"{sent.ToJsonString()}{Environment.NewLine}{now.ToJsonString()}");
        }
    }

    private Dictionary<string, string> RandomValues(ItemType type) => ItemTypes.Of(type).Members.Append(ItemMember.Notes)
        .Where(_ => _random.Next(3) > 0)
        .ToDictionary(member => member.Selector, _ => RandomText());

    private JsonObject RandomMembers(int depth)
    {
        JsonObject members = new() { ["login"] = new JsonObject { ["newLoginMember"] = RandomValue(0) } };
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            members[$"new{i}"] = RandomValue(depth);
        }

        return members;
    }

    private JsonNode? RandomValue(int depth) => _random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => JsonValue.Create(RandomText()),
        1 => JsonValue.Create(_random.NextInt64()),
        2 => JsonValue.Create(_random.NextDouble()),
        3 => JsonValue.Create(_random.Next(2) == 0),
        4 => null,
        5 => new JsonArray([.. Enumerable.Range(0, _random.Next(3)).Select(_ => RandomValue(depth - 1))]),
        _ => new JsonObject { ["data"] = RandomValue(depth - 1), [$"m{_random.Next(9)}"] = RandomValue(depth - 1) },
    };

    // Letters of several alphabets, signs that JSON escapes, one outside of the basic plane.
    private string RandomText()
    {
        string[] alphabet = ["a", "Z", "0", " ", "\"", "\\", "/", "+", "<", "\n", "\u0001", "é", "ß", "日", "\u202e", "😀", "#", "|", "=", "."];
        return string.Concat(Enumerable.Range(0, _random.Next(1, 40)).Select(_ => alphabet[_random.Next(alphabet.Length)]));
    }
}
