using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Official;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>
/// Takes over a session that another process exported, or reads the one that the official client has unlocked, and makes it current in this runspace.
/// </summary>
[Cmdlet(VerbsData.Import, "BwSession", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(BitwardenSession))]
public sealed class ImportBwSessionCommand : NewSessionCmdlet, IServerParameters
{
    private const string TokenSet = "Token";
    private const string KeySet = "Key";
    private const string VariableSet = "Variable";
    private const string OfficialClientSet = "OfficialClient";

    /// <summary>What Export-BwSession wrote; a SecureString, or the text itself.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = TokenSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = KeySet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = VariableSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureTextTransformation]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>The secret that the text was sealed with.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? Key { get; set; }

    /// <summary>The environment variable that has this secret.</summary>
    [Parameter(Mandatory = true, ParameterSetName = VariableSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? KeyEnvironmentVariable { get; set; }

    /// <summary>The server that BW_CLIENTID and BW_CLIENTSECRET may be sent to: US, EU, or an address.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = VariableSet)]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public string? Server { get; set; }

    /// <summary>Address of the identity service when it is not under the server's.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = VariableSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Address]
    public Uri? IdentityUrl { get; set; }

    /// <summary>Address of the API service when it is not under the server's.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = VariableSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Address]
    public Uri? ApiUrl { get; set; }

    /// <summary>Reads what the official client has stored, with the session key in BW_SESSION. Nothing of the client's is changed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfficialClientSet)]
    public SwitchParameter FromOfficialClient { get; set; }

    /// <summary>The official client's data.json, or the folder with it.</summary>
    [Parameter(ParameterSetName = OfficialClientSet)]
    [NotBlank]
    public string? Path { get; set; }

    /// <summary>The session key that <c>bw unlock --raw</c> printed, instead of BW_SESSION.</summary>
    [Parameter(ParameterSetName = OfficialClientSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true)]
    [ValidateNotNull]
    public SecureString? SessionKey { get; set; }

    /// <inheritdoc/>
    protected override void Process() => MakeCurrent(ParameterSetName == OfficialClientSet ? ImportOfficialClient() : ImportToken());

    private BitwardenSession ImportToken()
    {
        using SecretBytes token = SecretBytes.FromSecureString(Token!);
        using SecretBytes? secret = EnvironmentCredentials.ReadSessionKey(Key, KeyEnvironmentVariable);
        ServerEnvironment server = ResolveServer(this);
        ConnectionOptions connection = Connection();
        ServerApiKey? key = ReadKey() is ApiKeyCredential credential ? new ServerApiKey(credential, server) : null;
        string? clientId = key?.Key.ClientId;
        BitwardenSession session = Await(stop => SessionImport.ImportAsync(new SessionText(token, secret), key, connection, Options(), stop));
        if (clientId is not null && clientId == session.ClientId && (session.Server.Identity != server.Identity || session.Server.Api != server.Api))
        {
            WriteWarning(
                $"BW_CLIENTSECRET is not used, and the session ends with its access token: it is on {session.Server.Name.Shown()}, "
                + $"and not on the server of -Server or BW_SERVER, {server.Name.Shown()}.");
        }

        return session;
    }

    private BitwardenSession ImportOfficialClient()
    {
        using SecretBytes? sessionKey = SessionKey is null
            ? EnvironmentCredentials.ReadSecret(EnvironmentCredentials.SessionKeyVariable)
            : SecretBytes.FromSecureString(SessionKey);
        string? path = Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path);
        return Await(stop => OfficialClientImport.ImportAsync(path, sessionKey, Connection(), Options(), stop));
    }

    // With the key in the environment the session can get new access tokens; without it, or with one that is not valid, it lasts as long as the token it has.
    private ApiKeyCredential? ReadKey()
    {
        using SecretBytes? secret = EnvironmentCredentials.ReadSecret(EnvironmentCredentials.ClientSecretVariable);
        string? clientId = EnvironmentCredentials.Read(EnvironmentCredentials.ClientIdVariable);
        try
        {
            return secret is null || clientId is null ? null : ApiKeyCredential.Create(clientId, secret);
        }
        catch (InvalidInputException e)
        {
            WriteVerbose($"BW_CLIENTID and BW_CLIENTSECRET are not used: {e.Message}");
            return null;
        }
    }
}
