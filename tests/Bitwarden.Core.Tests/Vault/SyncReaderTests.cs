using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

/// <summary>What the index of a sync answer holds, and which bytes are kept.</summary>
public sealed class SyncReaderTests
{
    private const string Id = "11111111-2222-3333-4444-555555555555";
    private const string Blob = """{"format_version":1,"wrapped_cek":"2.a|b|c","envelope":"AA=="}""";

    [Fact]
    public void SealedBlobIsKept()
    {
        CipherRow row = Read($$"""{"id":"{{Id}}","data":{{JsonSerializer.Serialize(Blob)}},"notes":"n"}""");
        Assert.True(row.Has(CipherFlags.SealedBlob));
        Assert.Equal(Blob, (string?)JsonNode.Parse(row.Json)!["data"]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"{\\\"Name\\\":\\\"2.a|b|c\\\"}\"")]
    [InlineData("{\"name\":\"2.a|b|c\",\"fields\":[1]}")]
    [InlineData("\"\\\\\"")]
    [InlineData("\"\\\"\"")]
    [InlineData("\"\\\\\\\"}],{\"")]
    [InlineData("\"\\u0022,\\u007d\"")]
    public void ServersOwnCopyIsLeftOut(string data)
    {
        string[] places =
        [
            $$"""{"data":{{data}},"id":"{{Id}}","notes":"n"}""", $$"""{"id":"{{Id}}","data":{{data}},"notes":"n"}""",
            $$"""{"id":"{{Id}}","notes":"n","data":{{data}}}""", $$"""{ "id" : "{{Id}}" , "Data" : {{data}} , "notes" : "n" }""",
            $$"""{"data":{{data}},"id":"{{Id}}","data":{{data}},"notes":"n","data":{{data}}}""",
        ];
        Assert.All(places, place =>
        {
            JsonObject kept = JsonNode.Parse(Read(place).Json)!.AsObject();
            Assert.Equal(["id", "notes"], kept.Select(member => member.Key));
        });
    }

    [Theory]
    [InlineData("id")]
    [InlineData("organizationId")]
    [InlineData("folderId")]
    [InlineData("creationDate")]
    [InlineData("revisionDate")]
    [InlineData("deletedDate")]
    public void HalfACharacterInOneMemberLosesNoOtherItem(string member)
    {
        // Short, and long enough to be a date.
        VaultSnapshot snapshot = ReadAll(
            $$"""{"{{member}}":"\ud800","name":"odd"}""",
            $$"""{"{{member}}":"\ud8002025-01-02T03:04:05Z","name":"odd"}""",
            $$"""{"id":"{{Id}}","name":"whole"}""");
        Assert.Equal("\"whole\"", Encoding.UTF8.GetString(snapshot.Ciphers[^1].NameJson));
    }

    [Fact]
    public void OnlyTheItemsOwnCopyIsLeftOut()
    {
        const string Rest = """{"login":{"data":"inner"},"fields":[{"data":"x","type":0}],"data2":"y","dat":"z"}""";
        CipherRow row = Read($$"""{"id":"{{Id}}","data":"copy",{{Rest[1..]}}""");
        Assert.Equal($$"""{"id":"{{Id}}",{{Rest[1..]}}""", Encoding.UTF8.GetString(row.Json));
    }

    [Theory]
    [InlineData("data", 62, false)]
    [InlineData("data", 61, true)]
    [InlineData("notes", 62, false)]
    [InlineData("notes", 61, true)]
    public void ItemIsAsDeepAsTheWholeAnswerMayBe(string behind, int lists, bool isAccepted)
    {
        string item = $$"""{"id":"{{Id}}","{{behind}}":"x","deep":{{new string('[', lists)}}{{new string(']', lists)}}}""";
        string answer = $$"""{"profile":{},"ciphers":[{{item}}]}""";
        Assert.Equal(isAccepted, Record.Exception(() => JsonDocument.Parse(answer)) is null);
        Assert.Equal(isAccepted, Record.Exception(() => ReadAll(item)) is null);
    }

    [Theory]
    [InlineData("{} {}")]
    [InlineData("{},")]
    [InlineData(",{}")]
    [InlineData("{},,{}")]
    [InlineData("{}}")]
    [InlineData("{\"data\":\"x\" \"id\":1}")]
    [InlineData("{\"data\":\"x\",}")]
    [InlineData("{\"data\" \"x\"}")]
    [InlineData("{\"data\":}")]
    [InlineData("{\"data\":\"x}")]
    [InlineData("{\"data\":\"x\\\"}")]
    [InlineData("{\"data\":\"x\"")]
    [InlineData("{\"data\":\"x\"]")]
    [InlineData("nul")]
    [InlineData("1 2")]
    public void ListThatIsNotJsonIsRefused(string list) => Assert.ThrowsAny<JsonException>(() => ReadAll(list));

    [Fact]
    public void DocumentsAreFoundBehindWhatIsLeftOut()
    {
        VaultSnapshot snapshot = ReadAll(
            $$"""{"id":"{{Id}}","data":"x","name":"first","data":"y"}""",
            $$"""{"name":"second","key":"k","data":"xyz","id":"{{Id}}"}""", """{"id":7}""", "null",
            $$"""{"id":"{{Id}}","data":"x"}""", $$"""{"NAME":"fourth","Id":"{{Id}}"}""");
        Assert.Equal(["\"first\"", "\"second\"", "", "\"fourth\""], snapshot.Ciphers.Select(row => Encoding.UTF8.GetString(row.NameJson)));
        Assert.Equal("\"k\"", Encoding.UTF8.GetString(snapshot.Ciphers[1].KeyJson));
        Assert.All(
            snapshot.Ciphers,
            row => Assert.Equal(Id, (string?)JsonNode.Parse(row.Json, new JsonNodeOptions { PropertyNameCaseInsensitive = true })!["id"]));
    }

    [Theory]
    [InlineData("2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z")]
    [InlineData("2024-05-06T07:08:09.123456+02:00", "2024-05-06T05:08:09.123456Z")]
    [InlineData("2024-05-06 07:08:09", "2024-05-06T07:08:09Z")]
    [InlineData("", null)]
    [InlineData("yesterday", null)]
    public void DatesAreReadInEveryFormThatServersWrite(string written, string? expected)
    {
        CipherRow row = Read($$"""{"id":"{{Id}}","revisionDate":"{{written}}","deletedDate":null}""");
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), row.RevisionDate.Value);
        Assert.Null(row.DeletedDate.Value);
        Assert.False(row.Has(CipherFlags.Malformed));
    }

    [Theory]
    [InlineData("\"favorite\":null")]
    [InlineData("\"favorite\":\"perhaps\"")]
    [InlineData("\"reprompt\":{}")]
    [InlineData("\"folderId\":\"Work\"")]
    [InlineData("\"folderId\":\"\"")]
    [InlineData("\"organizationId\":\"\"")]
    [InlineData("\"type\":null")]
    [InlineData("\"creationDate\":[1]")]
    [InlineData("\"fields\":\"none\"")]
    [InlineData("\"login\":[]")]
    public void OneOddMemberIsNoReasonToHideAnItem(string member)
    {
        CipherRow row = Read($$"""{"id":"{{Id}}","name":"x",{{member}}}""");
        Assert.False(row.Has(CipherFlags.Malformed));
        CipherDocument.Parse(row.Json);
    }

    [Theory]
    [InlineData("\"type\":\"login\"")]
    [InlineData("\"type\":1.5")]
    [InlineData("\"name\":5")]
    [InlineData("\"key\":{}")]
    [InlineData("\"organizationId\":\"Work\"")]
    [InlineData("\"organizationId\":1")]
    public void OddOwnerTypeNameOrKeyMakesAnItemMalformed(string member) =>
        Assert.True(Read($$"""{"id":"{{Id}}",{{member}}}""").Has(CipherFlags.Malformed));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"profile":{},"ciphers":null}""")]
    [InlineData("""{"profile":{}}""")]
    [InlineData("""{"ciphers":[]}""")]
    [InlineData("""{"profile":null,"ciphers":[]}""")]
    [InlineData("""{"profile":{},"ciphers":{}}""")]
    [InlineData("""{"profile":{},"ciphers":[]""")]
    [InlineData("""{"profile":{},"ciphers":[]} x""")]
    public void AnswerWithoutAnAccountOrItemsIsNoEmptyVault(string answer) =>
        Assert.ThrowsAny<JsonException>(() => SyncReader.Read(Encoding.UTF8.GetBytes(answer), DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData("""{"profile":{"organizations":[null,{"id":"x"},7,{"name":"ok"}],"providers":[null],"providerOrganizations":"none"},"ciphers":[]}""")]
    [InlineData("""{"profile":{"usesKeyConnector":"maybe","creationDate":"","email":7},"folders":[null,{"id":5}],"collections":{},"ciphers":[null]}""")]
    public void OddEntriesOfListsAreLeftOut(string answer)
    {
        VaultSnapshot snapshot = SyncReader.Read(Encoding.UTF8.GetBytes(answer), DateTimeOffset.UnixEpoch);
        Assert.Empty(snapshot.Ciphers);
        Assert.Empty(snapshot.Folders);
        Assert.Equal(snapshot.Profile.Organizations is null ? null : ["ok"], snapshot.Profile.Organizations?.Select(organization => organization.Name));
    }

    private static CipherRow Read(string item) => Assert.Single(ReadAll(item).Ciphers);

    private static VaultSnapshot ReadAll(params string[] items) => SyncReader.Read(
        Encoding.UTF8.GetBytes($$"""{"object":"sync","profile":{},"ciphers":[{{string.Join(" , ", items)}}],"sends":[]}"""), DateTimeOffset.UnixEpoch);
}
