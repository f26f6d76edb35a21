using System.Text.Json.Serialization;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Body of <c>POST two-factor/send-email-login</c>.</summary>
internal sealed record EmailCodeRequest(
    string Email,
    [property: JsonConverter(typeof(SecretTextConverter))] SecretBytes MasterPasswordHash,
    Guid DeviceIdentifier,
    string? SsoEmail2FaSessionToken);

/// <summary>Body of <c>POST accounts/resend-new-device-otp</c>.</summary>
internal sealed record NewDeviceCodeRequest(string Email, [property: JsonConverter(typeof(SecretTextConverter))] SecretBytes MasterPasswordHash);

/// <summary>Body of calls that the master password must confirm.</summary>
internal sealed record PasswordVerificationRequest([property: JsonConverter(typeof(SecretTextConverter))] SecretBytes MasterPasswordHash);
