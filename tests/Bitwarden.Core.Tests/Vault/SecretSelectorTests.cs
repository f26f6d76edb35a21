using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

public sealed class SecretSelectorTests
{
    private static readonly ManualTimeProvider s_time = new();
    private readonly ScriptedVault _scripted = new();

    public static TheoryData<int, string, string[]> Types() => new()
    {
        { 1, "login", ["username", "password"] },
        { 3, "card", ["cardholderName", "brand", "number", "expMonth", "expYear", "code"] },
        {
            4,
            "identity",
            [
                "title", "firstName", "middleName", "lastName", "address1", "address2", "address3", "city", "state", "postalCode", "country",
                "company", "email", "phone", "ssn", "username", "passportNumber", "licenseNumber",
            ]
        },
        { 6, "bankAccount", ["accountNumber", "bankName"] },
        { 7, "driversLicense", ["licenseNumber", "firstName"] },
        { 8, "passport", ["passportNumber", "surname"] },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryMemberOfATypeIsASelector(int type, string member, string[] selectors)
    {
        JsonObject cipher = _scripted.Add("item", type);
        cipher[member] = Sealed(selectors);
        cipher["notes"] = _scripted.Seal("my notes");
        VaultItem item = _scripted.Open().Items[0];
        Assert.Equal((ItemType)type, item.Type);
        Assert.All(selectors, selector =>
        {
            Assert.Equal($"value of {selector}", Read(item, selector));
            Assert.Equal($"value of {selector}", Read(item, selector.ToUpperInvariant()));
        });
        Assert.Equal("my notes", Read(item, "notes"));
        Assert.Empty(item.Problems);
    }

    [Fact]
    public void SshKeyHasItsThreeSelectors()
    {
        _scripted.Add("key", 5)["sshKey"] = Sealed("privateKey", "publicKey", "keyFingerprint");
        VaultItem item = _scripted.Open().Items[0];
        Assert.Equal("value of privateKey", Read(item, "privateKey"));
        Assert.Equal("value of publicKey", Read(item, "publicKey"));
        Assert.Equal("value of keyFingerprint", Read(item, "fingerprint"));
        Assert.Equal("SecretNotFound", Fails(item, "keyFingerprint").Code);
    }

    [Theory]
    [InlineData(1, "login", "password")]
    [InlineData(3, "card", "number")]
    [InlineData(5, "sshKey", "privateKey")]
    [InlineData(6, "bankAccount", "accountNumber")]
    [InlineData(7, "driversLicense", "licenseNumber")]
    [InlineData(8, "passport", "passportNumber")]
    public void WithoutASelectorTheLikeliestValueIsMeant(int type, string member, string selector)
    {
        _scripted.Add("item", type)[member] = Sealed(selector);
        Assert.Equal($"value of {selector}", Read(_scripted.Open().Items[0], null));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(99)]
    public void WithoutASelectorNotesAreMeantElsewhere(int type)
    {
        _scripted.Add("item", type)["notes"] = _scripted.Seal("my notes");
        Assert.Equal("my notes", Read(_scripted.Open().Items[0], null));
    }

    [Fact]
    public void TotpGivesTheCodeOfTheMoment()
    {
        // RFC 6238, appendix B, SHA-1 at 59 s.
        _scripted.Add("item")["login"] = new JsonObject { ["totp"] = _scripted.Seal("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8") };
        VaultItem item = _scripted.Open().Items[0];
        using SecretBytes code = SecretSelector.Read(item, "totp", new FixedTime(DateTimeOffset.FromUnixTimeSeconds(59)));
        Assert.Equal("94287082", code.RevealText());
    }

    [Fact]
    public void UriIsTheFirstOne()
    {
        _scripted.Add("item")["login"] = new JsonObject
        {
            ["uris"] = new JsonArray(
                new JsonObject { ["uri"] = _scripted.Seal("https://one.example.org") }, new JsonObject { ["uri"] = _scripted.Seal("https://two.example.org") }),
        };
        VaultItem item = _scripted.Open().Items[0];
        Assert.Equal("https://one.example.org", Read(item, "uri"));
        Assert.Equal(["https://one.example.org", "https://two.example.org"], item.Uris);
    }

    [Fact]
    public void CustomFieldIsFoundByPrefixAndByPlainName()
    {
        AddFields(Field(0, "Env", "prod"), Field(1, "api key", "hidden value"), Field(2, "on", "true"), Field(0, "password", "field's"));
        VaultItem item = _scripted.Open().Items[0];
        Assert.Equal("prod", Read(item, "field:env"));
        Assert.Equal("prod", Read(item, "ENV"));
        Assert.Equal("hidden value", Read(item, "api key"));
        Assert.Equal("true", Read(item, "on"));
        Assert.Equal("login's", Read(item, "password"));
        Assert.Equal("field's", Read(item, "field:password"));
    }

    [Fact]
    public void FieldNameThatOccursTwiceIsAmbiguous()
    {
        AddFields(Field(0, "Env", "prod"), Field(0, "env", "test"));
        Assert.Equal("AmbiguousSecret", Fails(_scripted.Open().Items[0], "field:Env").Code);
    }

    [Fact]
    public void MissingValueTellsWhatThereIs()
    {
        AddFields(Field(0, "Env", "prod"), Field(0, "empty", null));
        ItemLookupException failure = Fails(_scripted.Open().Items[0], "totp");
        Assert.Equal("SecretNotFound", failure.Code);
        Assert.Equal(["password", "field:Env"], failure.Candidates);
        Assert.DoesNotContain("prod", failure.Message);
    }

    [Theory]
    [InlineData(1, "login", 100, "username")]
    [InlineData(1, "login", 101, "password")]
    [InlineData(3, "card", 300, "cardholderName")]
    [InlineData(3, "card", 301, "expMonth")]
    [InlineData(3, "card", 302, "expYear")]
    [InlineData(3, "card", 303, "code")]
    [InlineData(3, "card", 304, "brand")]
    [InlineData(3, "card", 305, "number")]
    [InlineData(4, "identity", 400, "title")]
    [InlineData(4, "identity", 401, "middleName")]
    [InlineData(4, "identity", 402, "address1")]
    [InlineData(4, "identity", 403, "address2")]
    [InlineData(4, "identity", 404, "address3")]
    [InlineData(4, "identity", 405, "city")]
    [InlineData(4, "identity", 406, "state")]
    [InlineData(4, "identity", 407, "postalCode")]
    [InlineData(4, "identity", 408, "country")]
    [InlineData(4, "identity", 409, "company")]
    [InlineData(4, "identity", 410, "email")]
    [InlineData(4, "identity", 411, "phone")]
    [InlineData(4, "identity", 412, "ssn")]
    [InlineData(4, "identity", 413, "username")]
    [InlineData(4, "identity", 414, "passportNumber")]
    [InlineData(4, "identity", 415, "licenseNumber")]
    [InlineData(4, "identity", 416, "firstName")]
    [InlineData(4, "identity", 417, "lastName")]
    public void LinkedFieldStandsForItsValue(int type, string member, int linkedId, string selector)
    {
        JsonObject cipher = _scripted.Add("item", type);
        cipher[member] = Sealed(selector);
        JsonObject field = Field(3, "link", null);
        field["linkedId"] = linkedId;
        cipher["fields"] = new JsonArray(field);
        Assert.Equal($"value of {selector}", Read(_scripted.Open().Items[0], "field:link"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(418)]
    [InlineData(999)]
    [InlineData(101)]
    public void LinkedFieldWithoutAValueHasNone(int? linkedId)
    {
        JsonObject cipher = _scripted.AddLogin("item", "ada");
        JsonObject field = Field(3, "link", null);
        field["linkedId"] = linkedId;
        cipher["fields"] = new JsonArray(field);
        VaultItem item = _scripted.Open().Items[0];
        Assert.Null(Assert.Single(item.Fields).Value);
        Assert.Equal("SecretNotFound", Fails(item, "field:link").Code);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("totp")]
    [InlineData("field:hidden")]
    [InlineData("field:link")]
    public void PasswordsThatTheOrganizationHidesAreHidden(string selector)
    {
        JsonObject cipher = _scripted.AddLogin("item", "ada", "pw");
        cipher["viewPassword"] = false;
        cipher["login"]!["totp"] = _scripted.Seal("JBSWY3DPEHPK3PXP");
        JsonObject link = Field(3, "link", null);
        link["linkedId"] = 101;
        cipher["fields"] = new JsonArray(Field(1, "hidden", "x"), Field(0, "shown", "y"), link);
        VaultItem item = _scripted.Open().Items[0];
        Assert.Equal("SecretHidden", Fails(item, selector).Code);
        Assert.Equal("ada", Read(item, "username"));
        Assert.Equal("y", Read(item, "field:shown"));
    }

    [Fact]
    public void UnreadableValueNamesItemAndField()
    {
        JsonObject cipher = _scripted.AddLogin("item", "ada", "pw");
        using SymmetricKey other = SymmetricKey.Generate();
        cipher["login"]!["password"] = _scripted.Seal("pw", other);
        VaultItem item = _scripted.Open().Items[0];
        ItemUnreadableException failure = Assert.Throws<ItemUnreadableException>(() => Read(item, "password"));
        Assert.Equal(("DecryptionFailed", item.Id, "password"), (failure.Code, failure.ItemId, failure.Field));
        Assert.Equal(new ItemProblem("password", "DecryptionFailed"), Assert.Single(item.Problems));
    }

    private void AddFields(params JsonObject[] fields)
    {
        JsonObject cipher = _scripted.AddLogin("item", password: "login's");
        cipher["fields"] = new JsonArray(fields);
    }

    private JsonObject Field(int type, string name, string? value) =>
        new() { ["type"] = type, ["name"] = _scripted.Seal(name), ["value"] = value is null ? null : _scripted.Seal(value) };

    private JsonObject Sealed(params string[] members)
    {
        JsonObject result = [];
        foreach (string member in members)
        {
            result[member] = _scripted.Seal($"value of {member}");
        }

        return result;
    }

    private static string Read(VaultItem item, string? selector)
    {
        using SecretBytes value = SecretSelector.Read(item, selector, s_time);
        return value.RevealText();
    }

    private static ItemLookupException Fails(VaultItem item, string selector) => Assert.Throws<ItemLookupException>(() => Read(item, selector));

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
