namespace Bitwarden.Core.Errors;

/// <summary>The account has two-step login on, and the login needs a code.</summary>
public sealed class TwoFactorRequiredException : BitwardenException
{
    private static readonly TwoFactorMethod[] s_supported = [TwoFactorMethod.Authenticator, TwoFactorMethod.Email, TwoFactorMethod.YubiKey];

    internal TwoFactorRequiredException(IReadOnlyList<TwoFactorMethod> methods, string? email)
        : base(Supported(methods).Length > 0 ? ErrorCodes.TwoFactorRequired : ErrorCodes.TwoFactorUnsupported, Describe(methods))
    {
        Methods = Supported(methods);
        MaskedEmail = email is null ? null : ForeignText.Show(email, ForeignText.NameLength);
    }

    /// <summary>The methods that are on and that need no browser; empty when there are none.</summary>
    public IReadOnlyList<TwoFactorMethod> Methods { get; }

    /// <summary>Where codes go by e-mail, masked by the server; null when that method is off.</summary>
    public string? MaskedEmail { get; }

    internal string? EmailSessionToken { get; init; }

    private static TwoFactorMethod[] Supported(IReadOnlyList<TwoFactorMethod> methods) => [.. s_supported.Where(methods.Contains)];

    private static string Describe(IReadOnlyList<TwoFactorMethod> methods) => Supported(methods) is { Length: > 0 } supported
        ? $"Two-step login is on ({string.Join(", ", supported)})."
        : $"Two-step login is on with {string.Join(", ", methods)} only, which needs a browser.";
}
