namespace Bitwarden.TestServer.Api;

/// <summary>The two endpoints that mail a code to somebody who cannot log in without it; neither needs a token (protocol 3.6 and 3.7).</summary>
internal static class LoginMailEndpoints
{
    internal static void Map(ServerRoutes routes) => routes.Anonymous("/api")
        .Post("/two-factor/send-email-login", SendTwoStepCodeAsync)
        .Post("/accounts/resend-new-device-otp", ResendNewDeviceCodeAsync);

    private static async Task<object?> SendTwoStepCodeAsync(AnonymousCall call)
    {
        EmailLoginRequest request = await call.ReadAsync<EmailLoginRequest>();
        if (string.IsNullOrWhiteSpace(request.DeviceIdentifier))
        {
            // Vaultwarden's; the official server does without.
            throw new ApiException(StatusCodes.Status422UnprocessableEntity, "missing field `deviceIdentifier`");
        }

        if (call.Server.Accounts.Find(request.Email?.Trim().ToLowerInvariant()) is not TestAccount account || !IsProven(request, account))
        {
            await call.Server.Clock.DelayAsync(call.Server.Options.FailedLoginDelay, call.Http.RequestAborted);
            throw ApiException.BadRequest("Cannot send two-factor email.");
        }

        account.TwoFactor.EmailCodes.Send();
        return null;
    }

    private static bool IsProven(EmailLoginRequest request, TestAccount account) =>
        account.TwoFactor.Methods.Contains(Core.Errors.TwoFactorMethod.Email)
        && (string.IsNullOrEmpty(request.SsoEmail2FaSessionToken)
            ? account.IsMasterPasswordHash(request.MasterPasswordHash)
            : account.TwoFactor.IsEmailSession(request.SsoEmail2FaSessionToken));

    /// <summary>Says nothing about whether a mail was sent, so that nobody can try passwords here.</summary>
    private static async Task<object?> ResendNewDeviceCodeAsync(AnonymousCall call)
    {
        NewDeviceRequest request = await call.ReadAsync<NewDeviceRequest>();
        TestAccount? account = call.Server.Accounts.Find(request.Email?.Trim().ToLowerInvariant());
        if (account is { AsksNewDevices: true } && account.IsMasterPasswordHash(request.MasterPasswordHash))
        {
            account.NewDeviceCodes.Send();
        }

        return null;
    }

    private sealed record EmailLoginRequest(string? Email, string? MasterPasswordHash, string? SsoEmail2FaSessionToken, string? DeviceIdentifier);

    private sealed record NewDeviceRequest(string? Email, string? MasterPasswordHash);
}
