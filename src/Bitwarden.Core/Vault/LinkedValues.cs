using System.Globalization;

namespace Bitwarden.Core.Vault;

/// <summary>Which value a linked custom field stands for (protocol 5.4). 418, the full name, is computed by clients and not offered.</summary>
internal static class LinkedValues
{
    private static readonly Dictionary<int, string> s_selectors = new()
    {
        [100] = "username",
        [101] = "password",
        [300] = "cardholderName",
        [301] = "expMonth",
        [302] = "expYear",
        [303] = "code",
        [304] = "brand",
        [305] = "number",
        [400] = "title",
        [401] = "middleName",
        [402] = "address1",
        [403] = "address2",
        [404] = "address3",
        [405] = "city",
        [406] = "state",
        [407] = "postalCode",
        [408] = "country",
        [409] = "company",
        [410] = "email",
        [411] = "phone",
        [412] = "ssn",
        [413] = "username",
        [414] = "passportNumber",
        [415] = "licenseNumber",
        [416] = "firstName",
        [417] = "lastName",
    };

    internal static string? SelectorOf(int? linkedId) =>
        linkedId is int id ? s_selectors.GetValueOrDefault(id, "linked" + id.ToString(CultureInfo.InvariantCulture)) : null;
}
