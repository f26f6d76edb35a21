using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>What official clients show below the name of an item. Of a card's number they show the end, and no more is decrypted to text here.</summary>
internal static class Subtitle
{
    private const int ShownDigits = 4;

    // American Express.
    private const int ShownDigitsOfAmex = 5;

    /// <summary>The text; null for none.</summary>
    internal static string? Of(VaultItem item) => item.Type switch
    {
        ItemType.Login => item.Username,
        ItemType.Card => Join(", ", Text(item, "brand"), LastDigits(item)),
        ItemType.Identity => Join(" ", Text(item, "firstName"), Text(item, "lastName")),
        ItemType.SshKey => Text(item, "fingerprint"),
        ItemType.BankAccount => Text(item, "bankName"),
        ItemType.DriversLicense => Join(", ", Join(" ", Text(item, "firstName"), Text(item, "lastName")), Text(item, "issuingState")),
        ItemType.Passport => Join(", ", Join(" ", Text(item, "givenName"), Text(item, "surname")), Text(item, "issuingCountry")),
        _ => null,
    };

    private static string? Join(string separator, params string?[] parts) =>
        parts.Where(part => !string.IsNullOrEmpty(part)).ToArray() is { Length: > 0 } given ? string.Join(separator, given) : null;

    private static string? Text(VaultItem item, string selector) => Read(item, selector, value => value.RevealText());

    private static string? LastDigits(VaultItem item) => Read(item, "number", number =>
    {
        ReadOnlySpan<byte> digits = number.Span;
        bool isAmex = digits.Length >= ShownDigitsOfAmex && (digits.StartsWith("34"u8) || digits.StartsWith("37"u8));
        int shown = isAmex ? ShownDigitsOfAmex : ShownDigits;
        return digits.Length < ShownDigits ? null : "*" + System.Text.Encoding.UTF8.GetString(digits[^shown..]);
    });

    private static string? Read(VaultItem item, string selector, Func<SecretBytes, string?> read)
    {
        try
        {
            using SecretBytes? value = item.Value(selector)?.Decrypt();
            return value is null ? null : read(value);
        }
        catch (ItemUnreadableException)
        {
            return null;
        }
    }
}
