using System.Text.Json;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Vault;

/// <summary>
/// Encrypted values of an item that nothing here reads, so that only a check looks for them: earlier passwords, and passkeys. Whatever there does not have the
/// form of an encrypted value is none.
/// </summary>
internal static class UnmodelledValues
{
    // The only text of a passkey that is not encrypted.
    private const string PasskeyDate = "creationDate";

    /// <summary>Finds them in an item's document.</summary>
    internal static IReadOnlyList<(string Field, string Wire)> Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        List<(string Field, string Wire)> found = [];
        foreach ((int index, JsonElement entry) in ListOf(document.RootElement, "passwordHistory"))
        {
            found.AddRange(TextsOf(entry).Where(text => Same(text.Name, "password")).Select(text => ($"passwordHistory[{index}]", text.Value)));
        }

        foreach ((int index, JsonElement passkey) in MembersOf(document.RootElement, "login").SelectMany(login => ListOf(login, "fido2Credentials")))
        {
            found.AddRange(TextsOf(passkey).Where(text => !Same(text.Name, PasskeyDate)).Select(text => ($"passkeys[{index}].{text.Name}", text.Value)));
        }

        return found.FindAll(value => EncString.TryParse(value.Wire, out _));
    }

    private static IEnumerable<JsonElement> MembersOf(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().Where(member => Same(NameOf(member), name)).Select(member => member.Value)
        : [];

    private static IEnumerable<(int Index, JsonElement Entry)> ListOf(JsonElement element, string name) => MembersOf(element, name)
        .Where(list => list.ValueKind == JsonValueKind.Array)
        .SelectMany(list => list.EnumerateArray().Select((entry, index) => (index, entry)));

    private static IEnumerable<(string Name, string Value)> TextsOf(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).Select(member => (NameOf(member), TextOf(member.Value)))
        : [];

    private static string NameOf(JsonProperty member) => ReadText(() => member.Name);

    private static string TextOf(JsonElement value) => ReadText(() => value.GetString());

    // Text that is not valid Unicode can be no encrypted value, and must not end the check.
    private static string ReadText(Func<string?> read)
    {
        try
        {
            return read() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            return string.Empty;
        }
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
