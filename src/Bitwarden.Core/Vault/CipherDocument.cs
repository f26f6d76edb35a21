using System.Text;
using System.Text.Json;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>An item's document, parsed when something of it is asked for. Still encrypted.</summary>
internal sealed class CipherDocument
{
    private static readonly byte[][] s_memberObjects =
        [.. ItemTypes.All.Where(row => row.Type is not (ItemType.Login or ItemType.SecureNote)).Select(row => Encoding.ASCII.GetBytes(row.WireMember))];

    private CipherDocument(CipherRecord record, IReadOnlyList<(string Name, string Value)> members)
    {
        Record = record;
        Members = members;
    }

    internal CipherRecord Record { get; }

    /// <summary>The members that only the item's type has, such as a card's number.</summary>
    internal IReadOnlyList<(string Name, string Value)> Members { get; }

    internal static CipherDocument Parse(ReadOnlySpan<byte> json) =>
        new(JsonSerializer.Deserialize(json, SyncJson.Default.CipherRecord) ?? new CipherRecord(), ReadMembers(json));

    private static List<(string Name, string Value)> ReadMembers(ReadOnlySpan<byte> json)
    {
        List<(string, string)> members = [];
        Utf8JsonReader reader = new(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Most members are no objects: their names need no look.
            Utf8JsonReader name = reader;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject && IsMemberObject(ref name))
            {
                ReadObject(ref reader, members);
            }

            reader.Skip();
        }

        return members;
    }

    private static bool IsMemberObject(ref Utf8JsonReader reader)
    {
        foreach (byte[] name in s_memberObjects)
        {
            if (JsonText.IsMember(ref reader, name))
            {
                return true;
            }
        }

        return false;
    }

    private static void ReadObject(ref Utf8JsonReader reader, List<(string, string)> members)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? name = JsonText.String(ref reader);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && !string.IsNullOrEmpty(name))
            {
                members.Add((name, JsonText.String(ref reader) ?? TolerantTextConverter.NotText));
            }

            reader.Skip();
        }
    }
}
