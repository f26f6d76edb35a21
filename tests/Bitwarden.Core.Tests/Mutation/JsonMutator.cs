using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitwarden.Core.Tests.Mutation;

/// <summary>Changes a JSON document: values of other types, missing and repeated ones, values of other places, mutated texts; or its bytes.</summary>
internal static class JsonMutator
{
    private static readonly string[] s_odd =
    [
        "null", "true", "0", "-1", "7", "1e400", "99999999999999999999", "2147483648", "0.5", "\"\"", "\" \"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"",
        "\"2024-13-45T99:99:99Z\"", "\"00000000-0000-0000-0000-000000000000\"", "\"2.AAAA|AAAA|AAAA\"", "[]", "[null]", "[[]]", "[1,\"x\",{}]", "{}",
        "{\"id\":null}", "{\"x\":{\"y\":[{}]}}",
    ];

    internal static byte[] Mutate(JsonNode document, Random random)
    {
        if (random.Next(10) == 0)
        {
            return TextMutator.Mutate(Encoding.UTF8.GetBytes(document.ToJsonString()), random);
        }

        JsonNode copy = document.DeepClone();
        List<string> raw = [];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            Change(copy, random, raw);
        }

        return Encoding.UTF8.GetBytes(Write(copy, raw));
    }

    private static void Change(JsonNode document, Random random, List<string> raw)
    {
        JsonNode[] places = [.. Below(document).Where(node => node.Parent is not null)];
        if (places.Length == 0)
        {
            return;
        }

        JsonNode place = places[random.Next(places.Length)];
        switch (random.Next(5))
        {
            case 0:
                Remove(place);
                break;
            case 1:
                place.ReplaceWith(places[random.Next(places.Length)].DeepClone());
                break;
            case 2 when place is JsonValue value && value.TryGetValue(out string? text):
                place.ReplaceWith(JsonValue.Create(TextMutator.Mutate(text, random)));
                break;
            default:
                raw.Add(s_odd[random.Next(s_odd.Length)]);
                place.ReplaceWith(JsonValue.Create(Mark(raw.Count - 1)));
                break;
        }
    }

    private static IEnumerable<JsonNode> Below(JsonNode? node) => node switch
    {
        null => [],
        JsonObject members => members.SelectMany(member => Below(member.Value)).Prepend(node),
        JsonArray list => list.SelectMany(Below).Prepend(node),
        _ => [node],
    };

    private static void Remove(JsonNode place)
    {
        if (place.Parent is JsonArray list)
        {
            list.Remove(place);
        }
        else
        {
            place.Parent!.AsObject().Remove(place.GetPropertyName());
        }
    }

    // Numbers beyond all types and half characters cannot be made as nodes: they are put into the text.
    private static string Write(JsonNode document, List<string> raw)
    {
        string text = document.ToJsonString();
        for (int i = 0; i < raw.Count; i++)
        {
            text = text.Replace(JsonSerializer.Serialize(Mark(i)), raw[i], StringComparison.Ordinal);
        }

        return text;
    }

    private static string Mark(int number) => $"mutant-{number}-";
}
