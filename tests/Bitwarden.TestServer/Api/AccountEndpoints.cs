using System.Text.RegularExpressions;

namespace Bitwarden.TestServer.Api;

/// <summary>/api/accounts (protocol 3.10 and 6.2).</summary>
internal static partial class AccountEndpoints
{
    internal static void Map(ServerRoutes routes) => routes.Authorized("/api")
        .Get("/accounts/revision-date", call => new DateTimeOffset(call.Account.Vault.RevisionDate).ToUnixTimeMilliseconds())
        .Get("/accounts/profile", call => ProfileResponse.From(call))
        .Post("/accounts/api-key", ShowKeyAsync)
        .Post("/accounts/rotate-api-key", RotateKeyAsync)
        .Post("/accounts/verify-password", VerifyPasswordAsync)
        .Post("/accounts/key-management/user-key-id", SetUserKeyIdAsync);

    private static async Task<object?> ShowKeyAsync(ApiCall call)
    {
        await CheckSecretAsync(call, "", "User verification failed.");
        return new { Object = "apiKey", ApiKey = call.Account.ClientSecret, RevisionDate = call.Account.ClientSecretDate };
    }

    private static async Task<object?> RotateKeyAsync(ApiCall call)
    {
        await CheckSecretAsync(call, "", "User verification failed.");
        call.Account.RotateClientSecret();
        return new { Object = "apiKey", ApiKey = call.Account.ClientSecret, RevisionDate = call.Account.ClientSecretDate };
    }

    private static async Task<object?> VerifyPasswordAsync(ApiCall call)
    {
        await CheckSecretAsync(call, "MasterPasswordHash", "Invalid password.");
        return new { Object = "masterPasswordPolicy", MinComplexity = (int?)null, MinLength = (int?)null, EnforceOnLogin = (bool?)null };
    }

    private static async Task CheckSecretAsync(ApiCall call, string member, string refusal)
    {
        SecretRequest request = await call.ReadAsync<SecretRequest>();
        if (string.IsNullOrWhiteSpace(request.MasterPasswordHash))
        {
            throw ApiException.ModelState("", "MasterPasswordHash or OTP must be supplied.");
        }

        if (!call.Account.IsMasterPasswordHash(request.MasterPasswordHash))
        {
            await call.Server.Clock.DelayAsync(call.Server.Options.FailedLoginDelay, call.Http.RequestAborted);
            throw ApiException.ModelState(member, refusal);
        }
    }

    private static async Task<object?> SetUserKeyIdAsync(ApiCall call)
    {
        UserKeyIdRequest request = await call.ReadAsync<UserKeyIdRequest>();
        if (!KeyId().IsMatch(request.UserKeyId ?? ""))
        {
            throw ApiException.ModelState("UserKeyId", "The field UserKeyId is invalid.");
        }

        if (call.Account.UserKeyId is not null)
        {
            throw ApiException.BadRequest("User key id is already set.");
        }

        call.Account.UserKeyId = request.UserKeyId;
        return null;
    }

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex KeyId();

    private sealed record SecretRequest(string? MasterPasswordHash, string? Otp);

    private sealed record UserKeyIdRequest(string? UserKeyId);
}
