using System.Globalization;
using System.Net;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Api;

/// <summary>The error catalogue of the token endpoint (protocol 3.5).</summary>
internal static class TokenErrors
{
    // The official server's text, then Vaultwarden's, by method.
    private static readonly string[] s_wrongCode =
    [
        "Two-step token is invalid",
        "Invalid TOTP code",
        "Token is invalid",
        "Token has expired",
        "Invalid Yubikey OTP",
        "Given Yubikey is not registered",
        "Failed to verify Yubikey",
    ];

    // OAuth 2.0 (RFC 6749, section 5.2), and what the official server adds to it.
    private static readonly string[] s_ownErrors =
    [
        "invalid_request", "invalid_client", "invalid_grant", "invalid_scope", "unauthorized_client", "unsupported_grant_type",
        "device_error", "version_header_missing", "invalid_client_version", "sso_required",
    ];

    /// <summary>Errors of a login with an API key, and of a refresh. They end a session, so that a gateway's words do not count.</summary>
    internal static BitwardenException? FromApiKey(string host, HttpStatusCode status, TokenErrorResponse body)
    {
        if (!IsRefusal(status) || !IsOwn(body))
        {
            return null;
        }

        return Common(host, body) ?? body.Error switch
        {
            "invalid_client" => AuthenticationFailedException.ApiKeyRejected(host),
            _ when IsBadSecret(body.BestMessage()) => AuthenticationFailedException.ApiKeyRejected(host),
            _ => AuthenticationFailedException.Refused(host, body.BestMessage() ?? "access denied."),
        };
    }

    /// <summary>Errors of a login with a password.</summary>
    internal static ErrorReader FromPassword(string email) => (host, status, body) =>
    {
        if (!IsRefusal(status))
        {
            return null;
        }

        return Common(host, body) ?? (BitwardenException?)TwoFactor(body) ?? Device(host, body) ?? Password(host, email, body);
    };

    private static bool IsOwn(TokenErrorResponse body) =>
        body.ErrorModel is not null || body.HCaptchaSiteKey is not null || Array.IndexOf(s_ownErrors, body.Error) >= 0;

    private static AuthenticationFailedException? Common(string host, TokenErrorResponse body) => body switch
    {
        { HCaptchaSiteKey: not null } => Has(body, "captcha is invalid")
            ? AuthenticationFailedException.ChallengeRejected(host)
            : AuthenticationFailedException.Challenged(host),
        { Error: "version_header_missing" or "invalid_client_version" } => AuthenticationFailedException.ClientVersionRejected(host),
        _ when Has(body, "Legacy encryption") => AuthenticationFailedException.LegacyAccount(host),
        _ => null,
    };

    private static TwoFactorRequiredException? TwoFactor(TokenErrorResponse body)
    {
        if (body.TwoFactorProviders2 is not { Count: > 0 } providers)
        {
            return null;
        }

        TwoFactorMethod[] methods = [.. providers.Keys
            .Where(key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(key => (TwoFactorMethod)int.Parse(key, CultureInfo.InvariantCulture))];
        return new TwoFactorRequiredException(methods, MaskedEmail(providers)) { EmailSessionToken = body.SsoEmail2faSessionToken };
    }

    private static string? MaskedEmail(Dictionary<string, System.Text.Json.JsonElement> providers) =>
        providers.TryGetValue("1", out System.Text.Json.JsonElement email)
        && email.ValueKind == System.Text.Json.JsonValueKind.Object
        && email.TryGetProperty("Email", out System.Text.Json.JsonElement address)
        && address.ValueKind == System.Text.Json.JsonValueKind.String
            ? WireJson.TextOf(address)
            : null;

    private static AuthenticationFailedException? Device(string host, TokenErrorResponse body)
    {
        if (Has(body, "new device verification required"))
        {
            return AuthenticationFailedException.NewDevice(host);
        }

        return Has(body, "invalid new device otp") ? AuthenticationFailedException.NewDeviceRejected(host) : null;
    }

    private static AuthenticationFailedException? Password(string host, string email, TokenErrorResponse body)
    {
        if (Array.Exists(s_wrongCode, text => Has(body, text)))
        {
            return AuthenticationFailedException.TwoFactorRejected(host);
        }

        if (Has(body, "Sso authentication is required") || Has(body, "sso_required"))
        {
            return AuthenticationFailedException.SsoRequired(host);
        }

        return IsWrongPassword(body) ? AuthenticationFailedException.PasswordRejected(host, email)
            : body.Error is null ? null
            : AuthenticationFailedException.Refused(host, body.BestMessage() ?? body.Error);
    }

    // By the text, because compatible servers send no error code. The official server uses the same description for other causes too, but names
    // those in its error model.
    private static bool IsWrongPassword(TokenErrorResponse body) => Has(body, "password is incorrect")
        || (body.Error == "invalid_grant" && string.IsNullOrEmpty(body.ErrorModel?.Message)
            && (Has(body, "invalid_username_or_password") || body.BestMessage() == body.Error));

    // Only with a JSON body, which the caller has seen: a proxy's page is not a refusal by the server.
    private static bool IsRefusal(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    private static bool Has(TokenErrorResponse body, string text) =>
        Contains(body.ErrorModel?.Message, text) || Contains(body.ErrorDescription, text) || Contains(body.Error, text) || Contains(body.Message, text);

    private static bool Contains(string? message, string text) => message?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    // Vaultwarden reports a wrong key only by its text.
    private static bool IsBadSecret(string? message) => Contains(message, "client_secret") || Contains(message, "client_id");
}
