namespace Bitwarden.TestServer.Api;

/// <summary>The two endpoints that mail a code to somebody who cannot log in without it; neither needs a token (protocol 3.6 and 3.7).</summary>
internal sealed class LoginMailEndpoints(ServerContext server)
{
    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/two-factor/send-email-login", (RequestDelegate)SendTwoStepCodeAsync);
        routes.MapPost("/api/accounts/resend-new-device-otp", (RequestDelegate)ResendNewDeviceCodeAsync);
    }

    private async Task SendTwoStepCodeAsync(HttpContext context)
    {
        EmailLoginRequest request = await ApiJson.ReadAsync<EmailLoginRequest>(context);
        if (string.IsNullOrWhiteSpace(request.DeviceIdentifier))
        {
            // Vaultwarden's; the official server does without.
            throw new ApiException(StatusCodes.Status422UnprocessableEntity, "missing field `deviceIdentifier`");
        }

        if (server.Accounts.Find(request.Email?.Trim().ToLowerInvariant()) is not TestAccount account || !IsProven(request, account))
        {
            await server.Clock.DelayAsync(server.Options.FailedLoginDelay, context.RequestAborted);
            throw ApiException.BadRequest("Cannot send two-factor email.");
        }

        account.TwoFactor.EmailCodes.Send();
    }

    private static bool IsProven(EmailLoginRequest request, TestAccount account) =>
        account.TwoFactor.Methods.Contains(Core.Errors.TwoFactorMethod.Email)
        && (string.IsNullOrEmpty(request.SsoEmail2FaSessionToken)
            ? account.IsMasterPasswordHash(request.MasterPasswordHash)
            : account.TwoFactor.IsEmailSession(request.SsoEmail2FaSessionToken));

    /// <summary>Says nothing about whether a mail was sent, so that nobody can try passwords here.</summary>
    private async Task ResendNewDeviceCodeAsync(HttpContext context)
    {
        NewDeviceRequest request = await ApiJson.ReadAsync<NewDeviceRequest>(context);
        TestAccount? account = server.Accounts.Find(request.Email?.Trim().ToLowerInvariant());
        if (account is { AsksNewDevices: true } && account.IsMasterPasswordHash(request.MasterPasswordHash))
        {
            account.NewDeviceCodes.Send();
        }
    }

    private sealed record EmailLoginRequest(string? Email, string? MasterPasswordHash, string? SsoEmail2FaSessionToken, string? DeviceIdentifier);

    private sealed record NewDeviceRequest(string? Email, string? MasterPasswordHash);
}
