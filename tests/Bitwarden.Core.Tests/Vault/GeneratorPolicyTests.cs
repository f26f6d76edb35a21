using System.Text.Json.Nodes;
using Bitwarden.Core.Generators;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Writing;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

public sealed class GeneratorPolicyTests
{
    private const int Policy = 2;

    [Fact]
    public async Task TheStrictestDemandOfAllOrganizationsCounts()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        Set(harness, "First", """{"minLength":20,"minNumbers":2,"useUpper":true,"minNumberWords":8,"overridePasswordType":"passphrase"}""");
        Set(harness, "Second", """{"minLength":12,"minNumbers":4,"useSpecial":true,"capitalize":true,"includeNumber":true}""");
        Set(harness, "Characters", """{"overridePasswordType":"password"}""");
        Set(harness, "Third", """{"minLength":99}""", enabled: false);
        GeneratorRules expected = new()
        {
            Only = GeneratorKind.Password,
            MinLength = 20,
            Uppercase = true,
            Special = true,
            MinimumDigits = 4,
            MinWords = 8,
            Capitalize = true,
            IncludeNumber = true,
        };
        Assert.Equal(expected, await RulesAsync(harness));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"minLength":null,"useUpper":null,"overridePasswordType":""}""")]
    [InlineData("""{"minLength":-1,"minNumbers":-5}""")]
    [InlineData("""{"minLength":"many"}""")]
    public async Task SettingsThatSayNothingDemandNothing(string data)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        Set(harness, "First", data);
        Assert.Equal(GeneratorRules.None, await RulesAsync(harness));
    }

    [Fact]
    public async Task WithoutOrganizationsNothingIsDemanded()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        Assert.Equal(GeneratorRules.None, await RulesAsync(harness));
    }

    private static void Set(WritingHarness harness, string organization, string data, bool enabled = true) => harness.Server.SetPolicy(
        harness.Account, harness.Server.AddOrganization(harness.Account, organization), Policy, enabled, JsonNode.Parse(data)!.AsObject());

    private static async Task<GeneratorRules> RulesAsync(WritingHarness harness)
    {
        BitwardenSession session = await harness.UnlockAsync();
        return session.GetVault().GeneratorRules;
    }
}
