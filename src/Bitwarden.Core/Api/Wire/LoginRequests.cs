namespace Bitwarden.Core.Api.Wire;

/// <summary>Body of <c>POST two-factor/send-email-login</c>.</summary>
internal sealed record EmailCodeRequest(string Email, string MasterPasswordHash, Guid DeviceIdentifier, string? SsoEmail2FaSessionToken);

/// <summary>Body of <c>POST accounts/resend-new-device-otp</c>.</summary>
internal sealed record NewDeviceCodeRequest(string Email, string MasterPasswordHash);

/// <summary>Body of calls that the master password must confirm.</summary>
internal sealed record PasswordVerificationRequest(string MasterPasswordHash);
