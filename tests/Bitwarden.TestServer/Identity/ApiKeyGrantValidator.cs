using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Bitwarden.TestServer.Identity;

/// <summary>grant_type=client_credentials with a personal API key (protocol 3.2).</summary>
internal sealed class ApiKeyGrantValidator(ServerContext server, LoginChecks checks)
{
    private const string Prefix = "user.";

    /// <summary>Finds the account of a client id and checks the secret. Organization and other clients are unknown here.</summary>
    internal TestAccount Authenticate(TokenRequest request)
    {
        string id = request.ClientId;
        TestAccount? account = id.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParse(id[Prefix.Length..], out Guid userId)
            ? server.Accounts.Find(userId)
            : null;
        return account is not null && Matches(account.ClientSecret, request.Field("client_secret"))
            ? account
            : throw TokenRefusedException.InvalidClient();
    }

    internal JsonObject Grant(TokenRequest request, TestAccount account)
    {
        if (request.Field("scope") != "api")
        {
            throw new TokenRefusedException("invalid_scope");
        }

        checks.CheckVersion(request);
        LoginChecks.CheckDevice(request, account, isPassword: false);
        LoginChecks.CheckLegacy(account);
        TokenAnswer answer = new(server, account, request.ToAccess());
        if (server.Options.MinimalTokenAnswer)
        {
            return answer.Tokens();
        }

        JsonObject full = answer.Full();
        if (account.UsesKeyConnector)
        {
            full["ApiUseKeyConnector"] = true;
        }

        return full;
    }

    private static bool Matches(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}
