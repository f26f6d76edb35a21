using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;
using Bitwarden.PowerShell.Login;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Logs in with e-mail and master password, unlocks, and makes the session current in this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "BwAccount", DefaultParameterSetName = EmailSet)]
[OutputType(typeof(BitwardenSession))]
public sealed class ConnectBwAccountCommand : ConnectCmdlet
{
    private const string EmailSet = "Email";
    private const string CredentialSet = "Credential";

    /// <summary>The account's e-mail.</summary>
    [Parameter(ParameterSetName = EmailSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? Email { get; set; }

    /// <summary>The master password.</summary>
    [Parameter(ParameterSetName = EmailSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true)]
    [ValidateNotNull]
    public SecureString? MasterPassword { get; set; }

    /// <summary>E-mail as user name, master password as password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>Which method of two-step login to use when several are on.</summary>
    [Parameter]
    [ValidateSet("Authenticator", "Email", "YubiKey")]
    public TwoFactorMethod? TwoFactorMethod { get; set; }

    /// <summary>The two-step code.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? TwoFactorCode { get; set; }

    /// <summary>Has the server remember this device, so that connecting again in this process needs no code.</summary>
    [Parameter]
    public SwitchParameter RememberDevice { get; set; }

    /// <summary>The code that the server mailed because it does not know this device.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? NewDeviceCode { get; set; }

    /// <summary>The client secret of the personal API key, should an old server demand additional authentication.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>Accepts a key derivation that is weaker than the account's was before.</summary>
    [Parameter]
    public SwitchParameter AllowWeakerKdf { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        ServerEnvironment server = ResolveServer(this);
        ConnectionOptions connection = Connection(DeviceIdentifier);
        string email = ReadEmail();
        SecureString? given = Credential is null ? MasterPassword : Credential.Password ?? new SecureString();
        BitwardenSession session = Prompt.WithMasterPassword(given, email, password =>
        {
            WriteVerbose($"Logging in at {server.Identity} as {email.Shown()}.");
            UnlockOptions use = new() { AllowWeakerKdf = AllowWeakerKdf };
            using PasswordLogin login = Await(token => PasswordLogin.BeginAsync(email, password, server, connection, use, token));
            return Submit(login, server);
        });
        MakeCurrent(session);
        WriteKdfWarning(session);
    }

    private string ReadEmail()
    {
        string email = Credential is null ? Email ?? Prompt.ReadLine("E-mail") ?? throw InputErrors.EmailMissing() : Credential.UserName ?? string.Empty;
        return string.IsNullOrWhiteSpace(email) ? throw InputErrors.EmailEmpty() : email;
    }

    private BitwardenSession Submit(PasswordLogin login, ServerEnvironment server)
    {
        LoginAnswers given = new(TwoFactorMethod, TwoFactorCode, RememberDevice, NewDeviceCode, ClientSecret);
        using LoginDialog dialog = new(login, Prompt, given, Await);
        login.UseRememberedDevice(CurrentSession.Owned());
        while (true)
        {
            try
            {
                BitwardenSession session = Await(token => login.SubmitAsync(Options(), token));
                CurrentSession.PendingChallenge = null;
                return session;
            }
            catch (BitwardenException e)
            {
                Note(e, login.Email, server);
                if (!dialog.TryAnswer(e))
                {
                    throw;
                }
            }
        }
    }

    private static void Note(BitwardenException failure, string email, ServerEnvironment server)
    {
        if (failure.Code is ErrorCodes.AdditionalAuthenticationRequired)
        {
            CurrentSession.PendingChallenge = new PendingChallenge(server.Name, email, DateTimeOffset.UtcNow);
        }
    }
}
