using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Logs in with a personal API key and makes the session current in this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "BwApiKey", DefaultParameterSetName = KeySet)]
[OutputType(typeof(BitwardenSession))]
public sealed class ConnectBwApiKeyCommand : ConnectCmdlet
{
    private const string KeySet = "Key";
    private const string CredentialSet = "Credential";

    /// <summary>The client id, user.&lt;guid&gt;.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? ClientId { get; set; }

    /// <summary>The client secret.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true)]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>Client id as user name, client secret as password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        ServerEnvironment server = ResolveServer(this);
        ConnectionOptions connection = Connection(DeviceIdentifier);
        ApiKeyCredential key = ReadKey();
        WriteVerbose($"Logging in at {server.Identity} as {key.ClientId}.");
        MakeCurrent(Await(token => BitwardenSession.ConnectAsync(key, server, connection, Options(), token)));
    }

    private ApiKeyCredential ReadKey()
    {
        string clientId = Credential is not null
            ? Credential.UserName ?? string.Empty
            : ClientId ?? EnvironmentCredentials.Read(EnvironmentCredentials.ClientIdVariable)
                ?? Prompt.ReadLine("API key client_id") ?? throw InputErrors.ClientIdMissing();
        ApiKeyCredential.EnsurePersonal(clientId);
        using SecretBytes secret = ReadSecret();
        return ApiKeyCredential.Create(clientId, secret);
    }

    private SecretBytes ReadSecret() =>
        Prompt.ReadSecret(GivenSecret(), EnvironmentCredentials.ClientSecretVariable, "API key client_secret")
        ?? throw InputErrors.ClientSecretMissing();

    private SecureString? GivenSecret() => Credential is null ? ClientSecret : Credential.Password ?? new SecureString();
}
