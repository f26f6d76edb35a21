using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Logs in with a personal API key and makes the session current in this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "BwApiKey", DefaultParameterSetName = KeySet)]
[OutputType(typeof(BitwardenSession))]
public sealed class ConnectBwApiKeyCommand : BwCmdlet
{
    private const string KeySet = "Key";
    private const string CredentialSet = "Credential";
    private static readonly TimeSpan s_interactiveIdleTimeout = TimeSpan.FromMinutes(15);

    /// <summary>US, EU, or the address of a server.</summary>
    [Parameter(Position = 0)]
    public string? Server { get; set; }

    /// <summary>The client id, user.&lt;guid&gt;.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>The client secret.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>Client id as user name, client secret as password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>Address of the identity service when it is not under the server's.</summary>
    [Parameter]
    public Uri? IdentityUrl { get; set; }

    /// <summary>Address of the API service when it is not under the server's.</summary>
    [Parameter]
    public Uri? ApiUrl { get; set; }

    /// <summary>PEM file with the certificate authority to trust.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    /// <summary>A GUID for the server to know this device by.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DeviceIdentifier { get; set; }

    /// <summary>How long after its last use the vault locks by itself; zero for never.</summary>
    [Parameter]
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>The longest that one call to the server may take, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 60;

    /// <summary>Keeps the session out of SecretManagement's reach.</summary>
    [Parameter]
    public SwitchParameter Private { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        ServerEnvironment server = ServerEnvironment.Resolve(
            Server ?? EnvironmentCredentials.Read(EnvironmentCredentials.ServerVariable), IdentityUrl, ApiUrl);
        ConnectionOptions connection = Connection();
        ApiKey key = ReadKey();
        WriteVerbose($"Logging in at {server.Identity} as {key.ClientId}.");
        BitwardenSession session = Await(token => BitwardenSession.ConnectAsync(key, server, connection, Options(), token));
        Replace(session);
        WriteObject(session);
    }

    private ConnectionOptions Connection() => new()
    {
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        DeviceIdentifier = DeviceIdentifier ?? EnvironmentCredentials.Read(EnvironmentCredentials.DeviceIdentifierVariable),
        CertificateAuthorities = CertificateAuthority is null
            ? null
            : ConnectionOptions.ReadCertificateAuthorities(GetUnresolvedProviderPathFromPSPath(CertificateAuthority)),
    };

    private SessionOptions Options()
    {
        TimeSpan standard = InteractiveHost.IsBuildAgent ? Timeout.InfiniteTimeSpan : s_interactiveIdleTimeout;
        TimeSpan idle = IdleTimeout ?? standard;
        return new SessionOptions { IsPrivate = Private, IdleTimeout = idle <= TimeSpan.Zero ? Timeout.InfiniteTimeSpan : idle };
    }

    private ApiKey ReadKey()
    {
        InteractiveHost host = new(Host);
        string clientId = Credential?.UserName ?? ClientId ?? EnvironmentCredentials.Read(EnvironmentCredentials.ClientIdVariable)
            ?? host.ReadLine("API key client_id") ?? throw InvalidInputException.ClientIdMissing(EnvironmentCredentials.DescribeLookAlikes());
        ApiKey.EnsurePersonal(clientId);
        using SecretBytes secret = ReadSecret(host);
        return ApiKey.Create(clientId, secret);
    }

    private SecretBytes ReadSecret(InteractiveHost host)
    {
        if ((Credential?.Password ?? ClientSecret) is SecureString given)
        {
            return SecretBytes.FromSecureString(given);
        }

        if (EnvironmentCredentials.ReadSecret(EnvironmentCredentials.ClientSecretVariable) is SecretBytes variable)
        {
            return variable;
        }

        using SecureString? typed = host.ReadSecret("API key client_secret");
        return typed is null
            ? throw InvalidInputException.ClientSecretMissing(EnvironmentCredentials.DescribeLookAlikes())
            : SecretBytes.FromSecureString(typed);
    }

    // Connecting the same account again, for example after its key was rotated, takes the place of the old session.
    private void Replace(BitwardenSession session)
    {
        BitwardenSession? old = CurrentSession.Get(this);
        SessionStore.Add(session);
        CurrentSession.Set(this, session, connectedHere: true);
        if (old is not null && CurrentSession.Owned().Contains(old) && old.ClientId == session.ClientId && old.Server == session.Server)
        {
            old.Dispose();
        }
    }
}
