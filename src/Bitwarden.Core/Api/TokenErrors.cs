using System.Net;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Api;

/// <summary>The error catalogue of the token endpoint (client protocol 3.7), as far as an API key can meet it.</summary>
internal static class TokenErrors
{
    internal static BitwardenException? From(string host, HttpStatusCode status, TokenErrorResponse body)
    {
        if (status is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized))
        {
            return null;
        }

        return body.Error switch
        {
            _ when body.HCaptchaSiteKey is not null => AuthenticationFailedException.Challenged(host),
            "invalid_client" => AuthenticationFailedException.ApiKeyRejected(host),
            "version_header_missing" or "invalid_client_version" => AuthenticationFailedException.ClientVersionRejected(host),
            _ when IsBadSecret(body.BestMessage()) => AuthenticationFailedException.ApiKeyRejected(host),
            null => null,
            _ => AuthenticationFailedException.Refused(host, body.BestMessage() ?? body.Error),
        };
    }

    // Vaultwarden tells a wrong key by text only.
    private static bool IsBadSecret(string? message) =>
        message is not null
        && (message.Contains("client_secret", StringComparison.OrdinalIgnoreCase)
            || message.Contains("client_id", StringComparison.OrdinalIgnoreCase));
}
