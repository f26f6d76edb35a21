using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Bitwarden.TestServer.Identity;

/// <summary>grant_type=password and grant_type=refresh_token (protocol 3.3 and 3.4).</summary>
internal sealed class PasswordGrantValidator(ServerContext server, LoginChecks checks)
{
    private const string OfflineAccess = "offline_access";
    private const string SiteKey = "bc38c8a2-5311-4e8c-9dfc-49e99f6df417";
    private const string SsoOrganization = "example-org";
    private static readonly Version s_withoutEmailHeader = new(2025, 5, 2);
    private readonly SecondStep _secondStep = new(server);

    internal async Task<JsonObject> GrantAsync(TokenRequest request)
    {
        if (request.Scopes is not ["api"] and not ["api", OfflineAccess] and not [OfflineAccess, "api"])
        {
            throw new TokenRefusedException("invalid_scope");
        }

        CheckEmailHeader(request);
        TestAccount? account = server.Accounts.Find(request.Field("username").ToLowerInvariant());
        CheckChallenge(request, account);
        if (account is null || !account.IsMasterPasswordHash(request.Field("password")))
        {
            await server.Clock.DelayAsync(server.Options.FailedLoginDelay, request.Http.HttpContext.RequestAborted);
            throw TokenRefusedException.WrongPassword();
        }

        checks.CheckVersion(request);
        CheckSingleSignOn(account);
        string? rememberToken = await _secondStep.CheckAsync(request, account);
        LoginChecks.CheckDevice(request, account, isPassword: true);
        LoginChecks.CheckLegacy(account);
        GrantedAccess access = request.ToAccess();
        string? refreshToken = request.Scopes.Contains(OfflineAccess) ? server.Tokens.IssueRefresh(account, access) : null;
        return new TokenAnswer(server, account, access).Full(refreshToken, rememberToken);
    }

    internal JsonObject Refresh(TokenRequest request)
    {
        string token = request.Field("refresh_token");
        IssuedToken? issued = server.Tokens.FindRefresh(token);
        return issued is not null && issued.Access.ClientId == request.ClientId
            ? new TokenAnswer(server, issued.Account, issued.Access).Tokens(token)
            : throw new TokenRefusedException("invalid_grant");
    }

    // Before anything else, until it was dropped (protocol 1.2).
    private void CheckEmailHeader(TokenRequest request)
    {
        bool isRight = request.Http.Headers.TryGetValue("Auth-Email", out StringValues header)
            && header.ToString() == WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(request.Field("username")));
        if (server.Options.ServerVersion < s_withoutEmailHeader && !isRight)
        {
            throw new TokenRefusedException("invalid_grant", "Auth-Email header invalid.");
        }
    }

    /// <summary>The captcha of old servers, which took the account's own client secret for an answer (protocol 3.8).</summary>
    private static void CheckChallenge(TokenRequest request, TestAccount? account)
    {
        string answer = request.Field("captchaResponse");
        if (account is { RequireChallenge: true } && answer != account.ClientSecret)
        {
            string text = answer.Length == 0 ? "Captcha required." : "Captcha is invalid. Please refresh and try again";
            throw new TokenRefusedException("invalid_grant", text, text) { Extras = new() { ["HCaptcha_SiteKey"] = SiteKey } };
        }
    }

    private static void CheckSingleSignOn(TestAccount account)
    {
        if (account.RequireSso)
        {
            const string Text = "Sso authentication is required.";
            throw new TokenRefusedException("invalid_grant", Text, Text) { Extras = new() { ["SsoOrganizationIdentifier"] = SsoOrganization } };
        }
    }
}
