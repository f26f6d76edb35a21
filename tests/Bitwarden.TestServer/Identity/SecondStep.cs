using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Errors;

namespace Bitwarden.TestServer.Identity;

/// <summary>Two-step login of a password grant (protocol 3.6). API keys never come here.</summary>
internal sealed class SecondStep(ServerContext server)
{
    /// <summary>Demands the second step of accounts that have it on; gives the token that stands for it next time, when that was asked for.</summary>
    internal async Task<string?> CheckAsync(TokenRequest request, TestAccount account)
    {
        TwoFactorSettings settings = account.TwoFactor;
        if (!settings.IsOn)
        {
            return null;
        }

        string code = request.Field("twoFactorToken");
        string provider = request.Field("twoFactorProvider");
        if (code.Length == 0 || provider.Length == 0)
        {
            throw Demand(account);
        }

        bool isKnown = Enum.TryParse(provider, out TwoFactorMethod method);
        if (isKnown && method == TwoFactorMethod.Remember)
        {
            return settings.IsRemembered(code) ? null : throw Demand(account);
        }

        if (!isKnown || !settings.Accept(method, code))
        {
            await server.Clock.DelayAsync(server.Options.FailedLoginDelay, request.Http.HttpContext.RequestAborted);
            throw TokenRefusedException.WrongSecondStep();
        }

        return request.Field("twoFactorRemember") == "1" ? settings.Remember() : null;
    }

    private static TokenRefusedException Demand(TestAccount account)
    {
        TwoFactorMethod[] methods = [.. account.TwoFactor.Methods.Order()];
        JsonObject extras = new()
        {
            ["TwoFactorProviders"] = JsonSerializer.SerializeToNode(methods.Select(Number)),
            ["TwoFactorProviders2"] = new JsonObject(methods.Select(method => KeyValuePair.Create(Number(method), Describe(method, account)))),
            ["MasterPasswordPolicy"] = new JsonObject { ["Object"] = "masterPasswordPolicy" },
        };
        if (methods.Contains(TwoFactorMethod.Email))
        {
            extras["SsoEmail2faSessionToken"] = account.TwoFactor.OpenEmailSession();
            extras["Email"] = account.Email;
        }

        return new TokenRefusedException("invalid_grant", "Two factor required.") { Extras = extras };
    }

    private static string Number(TwoFactorMethod method) => $"{(int)method}";

    private static JsonNode? Describe(TwoFactorMethod method, TestAccount account) => method switch
    {
        TwoFactorMethod.Email => new JsonObject { ["Email"] = Mask(account.Email) },
        TwoFactorMethod.Duo or TwoFactorMethod.OrganizationDuo => new JsonObject
        {
            ["Host"] = "api-test.duosecurity.example",
            ["AuthUrl"] = "https://api-test.duosecurity.example/oauth/v1/authorize",
        },
        TwoFactorMethod.YubiKey => new JsonObject { ["Nfc"] = true },
        TwoFactorMethod.WebAuthn => new JsonObject
        {
            ["challenge"] = "Y2hhbGxlbmdl",
            ["timeout"] = 60000,
            ["rpId"] = "localhost",
            ["allowCredentials"] = new JsonArray(),
            ["userVerification"] = "discouraged",
        },
        _ => null,
    };

    /// <summary>Shows two characters of the name, or one of a short name.</summary>
    private static string Mask(string email)
    {
        int at = email.IndexOf('@', StringComparison.Ordinal);
        int shown = at > 4 ? 2 : at > 2 ? 1 : 0;
        return email[..shown] + new string('*', at - shown) + email[at..];
    }
}
