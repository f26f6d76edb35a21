using System.Net;
using System.Text.Json;

namespace Bitwarden.Core.Api;

/// <summary>
/// Tells the refusal of a token by the server's own API from one by a proxy or gateway before it. Ours is the scheme Bearer, an empty body without any scheme,
/// or the API's error form; compatible servers may answer with the form of their framework, <c>{"error":{"code":401}}</c>.
/// </summary>
internal static class OwnRefusal
{
    internal static bool IsOf(HttpResponseMessage response, ErrorBody body)
    {
        if (response.StatusCode != HttpStatusCode.Unauthorized || ServerAnswer.IsWebPageType(response.Content) || body.Bytes is null)
        {
            return false;
        }

        return response.Headers.WwwAuthenticate.Count > 0
            ? response.Headers.WwwAuthenticate.Any(scheme => scheme.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            : body.Bytes.Length == 0 || IsErrorForm(body.Bytes);
    }

    private static bool IsErrorForm(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.EnumerateObject().Any(member => SaysError(member) || SaysUnauthorized(member));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool SaysError(JsonProperty member) =>
        (member.NameEquals("object"u8) || member.NameEquals("Object"u8))
        && member.Value.ValueKind == JsonValueKind.String
        && member.Value.ValueEquals("error"u8);

    private static bool SaysUnauthorized(JsonProperty member) =>
        member.NameEquals("error"u8) && member.Value.ValueKind == JsonValueKind.Object
        && member.Value.TryGetProperty("code"u8, out JsonElement code) && code.ValueKind == JsonValueKind.Number
        && code.TryGetInt32(out int number) && number == (int)HttpStatusCode.Unauthorized;
}
