using System.Text.Json.Nodes;

namespace Bitwarden.TestServer.Identity;

/// <summary>An error answer of /connect/token; always 400 (protocol 3.5).</summary>
internal sealed class TokenRefusedException(string error, string? description = null, string? message = null) : Exception
{
    internal JsonObject Extras { get; init; } = [];

    internal static TokenRefusedException InvalidClient() => new("invalid_client");

    internal static TokenRefusedException WrongPassword() =>
        new("invalid_grant", "invalid_username_or_password", "Username or password is incorrect. Try again.");

    internal static TokenRefusedException WrongSecondStep() =>
        new("invalid_grant", "invalid_username_or_password", "Two-step token is invalid. Try again.");

    internal static TokenRefusedException Device(string description) => new("device_error", description, description.ToLowerInvariant());

    internal JsonObject ToJson()
    {
        JsonObject body = new() { ["error"] = error };
        if (description is not null)
        {
            body["error_description"] = description;
        }

        if (message is not null)
        {
            body["ErrorModel"] = new JsonObject { ["Message"] = message, ["Object"] = "error" };
        }

        foreach ((string name, JsonNode? value) in Extras)
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }
}
