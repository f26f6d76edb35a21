using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Login;

/// <summary>
/// Answers what a server wants during a password login: from what was given, else from the environment, else by asking. Each given answer is used once;
/// a typed code may be wrong three times.
/// </summary>
internal sealed class LoginDialog : IDisposable
{
    private const int MaxTries = 3;
    private readonly PasswordLogin _login;
    private readonly InteractiveHost _host;
    private readonly LoginAnswers _given;
    private readonly Action<Func<CancellationToken, Task>> _await;
    private TwoFactorMethod _method;
    private int _tries;
    private string? _givenCode;
    private SecretBytes? _challengeAnswer;

    internal LoginDialog(PasswordLogin login, InteractiveHost host, LoginAnswers given, Action<Func<CancellationToken, Task>> await)
    {
        _login = login;
        _host = host;
        _given = given;
        _await = await;
        _givenCode = given.TwoFactorCode;
        _login.NewDeviceCode = given.NewDeviceCode;
        if (given.TwoFactorMethod is TwoFactorMethod method && TakeGivenCode() is string code)
        {
            _method = method;
            _login.TwoFactor = Answer(code);
        }
    }

    /// <summary>Prepares the next try; false when there is no answer, so that the failure is the user's to see.</summary>
    internal bool TryAnswer(BitwardenException failure) => failure switch
    {
        TwoFactorRequiredException { Methods.Count: > 0 } required => AnswerTwoFactor(required),
        AuthenticationFailedException { Code: ErrorCodes.TwoFactorCodeRejected } => AskCodeAgain(failure),
        AuthenticationFailedException { Code: ErrorCodes.NewDeviceVerification or ErrorCodes.NewDeviceCodeRejected } => AskNewDeviceCode(failure),
        AuthenticationFailedException { Code: ErrorCodes.AdditionalAuthenticationRequired } => AnswerChallenge(),
        _ => false,
    };

    /// <inheritdoc/>
    public void Dispose() => _challengeAnswer?.Dispose();

    private bool AnswerTwoFactor(TwoFactorRequiredException required)
    {
        if (TakeGivenCode() is string code)
        {
            // A code without its method is taken for the first method that is on: authenticator before e-mail before YubiKey.
            _method = required.Methods[0];
            _login.TwoFactor = Answer(code);
            return true;
        }

        _method = ChooseMethod(required.Methods);
        if (_method == TwoFactorMethod.Email)
        {
            _await(_login.SendEmailCodeAsync);
        }

        return AskCode(required.MaskedEmail);
    }

    private string? TakeGivenCode()
    {
        string? code = _givenCode;
        _givenCode = null;
        return code;
    }

    private TwoFactorMethod ChooseMethod(IReadOnlyList<TwoFactorMethod> methods) =>
        _given.TwoFactorMethod is TwoFactorMethod wanted && methods.Contains(wanted)
            ? wanted
            : methods[_host.Choose("Two-step login", [.. methods.Select(method => method.ToString())])];

    private bool AskCodeAgain(BitwardenException refusal)
    {
        if (++_tries >= MaxTries)
        {
            return false;
        }

        _host.Tell(refusal.Message);
        return AskCode(null);
    }

    private bool AskCode(string? maskedEmail)
    {
        string? code = _host.ReadLine(CodePrompt(maskedEmail));
        if (code is null && _method == TwoFactorMethod.Email && _host.CanPrompt)
        {
            _await(_login.SendEmailCodeAsync);
            code = _host.ReadLine("A new code was sent. Code");
        }

        _login.TwoFactor = code is null ? null : Answer(code);
        return code is not null;
    }

    private string CodePrompt(string? maskedEmail) => _method switch
    {
        TwoFactorMethod.Email => $"Code sent to {(maskedEmail is null ? "your e-mail" : maskedEmail.Shown())} (empty to have a new one sent)",
        TwoFactorMethod.YubiKey => "One-time password of the YubiKey (touch it)",
        _ => "Code of the authenticator app",
    };

    private TwoFactorAnswer Answer(string code) => new(_method, code, _given.RememberDevice);

    private bool AskNewDeviceCode(BitwardenException failure)
    {
        if (failure.Code == ErrorCodes.NewDeviceCodeRejected && _tries < MaxTries)
        {
            _host.Tell(failure.Message);
        }

        bool wasAsked = _tries++ > 0 || _given.NewDeviceCode is not null;
        string prompt = wasAsked ? "New-device code (empty to have it sent again)" : "New-device code from your e-mail (empty to have it sent again)";
        string? code = _tries > MaxTries ? null : _host.ReadLine(prompt);
        if (code is null && _tries <= MaxTries && _host.CanPrompt)
        {
            _await(_login.ResendNewDeviceCodeAsync);
            code = _host.ReadLine("The code was sent again. New-device code");
        }

        _login.NewDeviceCode = code;
        return code is not null;
    }

    // Once: a secret that was refused is not sent again.
    private bool AnswerChallenge()
    {
        if (_challengeAnswer is not null)
        {
            return false;
        }

        _challengeAnswer = _host.ReadSecret(
            _given.ClientSecret, EnvironmentCredentials.ClientSecretVariable, "Additional authentication required. API key client_secret");
        _login.ChallengeAnswer = _challengeAnswer;
        return _challengeAnswer is not null;
    }
}
