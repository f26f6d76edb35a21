using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Generators;

namespace Bitwarden.Core.Vault;

/// <summary>Reads what organizations demand of passwords that are made up.</summary>
internal static class GeneratorPolicies
{
    internal static GeneratorRules Of(VaultSnapshot snapshot) => VaultPolicies.InForce(snapshot, PolicyRecord.PasswordGenerator)
        .Select(policy => policy.Data)
        .OfType<PolicyDataRecord>()
        .Aggregate(GeneratorRules.None, Stricter);

    private static GeneratorRules Stricter(GeneratorRules rules, PolicyDataRecord data) => new()
    {
        Only = rules.Only == GeneratorKind.Password ? rules.Only : KindOf(data.OverridePasswordType) ?? rules.Only,
        MinLength = Math.Max(rules.MinLength, data.MinLength ?? 0),
        Uppercase = rules.Uppercase || data.UseUpper == true,
        Lowercase = rules.Lowercase || data.UseLower == true,
        Digits = rules.Digits || data.UseNumbers == true,
        Special = rules.Special || data.UseSpecial == true,
        MinimumDigits = Math.Max(rules.MinimumDigits, data.MinNumbers ?? 0),
        MinimumSpecial = Math.Max(rules.MinimumSpecial, data.MinSpecial ?? 0),
        MinWords = Math.Max(rules.MinWords, data.MinNumberWords ?? 0),
        Capitalize = rules.Capitalize || data.Capitalize == true,
        IncludeNumber = rules.IncludeNumber || data.IncludeNumber == true,
    };

    private static GeneratorKind? KindOf(string? name) => name switch
    {
        "password" => GeneratorKind.Password,
        "passphrase" => GeneratorKind.Passphrase,
        _ => null,
    };
}
