using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Bitwarden.Core.Tests.TestServer;

/// <summary>A response that was read to its end.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    internal JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>What an error of the Api service says.</summary>
    internal string? Message => Json.GetProperty("message").GetString();

    /// <summary>Names of the members of the top level, in the server's casing.</summary>
    internal string[] Names => [.. Json.EnumerateObject().Select(member => member.Name)];

    internal static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
        }
    }
}
