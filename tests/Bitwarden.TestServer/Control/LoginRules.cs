using Bitwarden.Core.Errors;

namespace Bitwarden.TestServer.Control;

/// <summary>Everything that can stand in the way of a login. What a body leaves out is off.</summary>
internal sealed record LoginRules
{
    public bool RequireChallenge { get; init; }

    /// <summary>A shortcut for Authenticator in <see cref="TwoFactor"/>.</summary>
    public string? TwoFactorCode { get; init; }

    /// <summary>Methods of two-step login by name, with their codes: { "Email": null, "YubiKey": "cccccc" }.</summary>
    public Dictionary<TwoFactorMethod, string?> TwoFactor { get; init; } = [];

    public bool VerifyNewDevices { get; init; }

    public string? NewDeviceOtp { get; init; }

    public bool RequireSso { get; init; }

    public bool IsLegacy { get; init; }

    internal void ApplyTo(TestAccount account)
    {
        account.RequireChallenge = RequireChallenge;
        account.TwoFactor.TurnOff();
        foreach ((TwoFactorMethod method, string? code) in TwoFactor)
        {
            account.TwoFactor.TurnOn(method, code);
        }

        account.TwoFactorCode = TwoFactorCode ?? account.TwoFactorCode;
        account.VerifyNewDevices = VerifyNewDevices;
        account.NewDeviceOtp = NewDeviceOtp;
        account.RequireSso = RequireSso;
        account.IsLegacy = IsLegacy;
    }
}
