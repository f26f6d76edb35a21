using System.Management.Automation;
using Bitwarden.Core.Api;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that makes its own connection to a server.</summary>
public abstract class NetworkCmdlet : BwCmdlet
{
    /// <summary>PEM file with the certificate authority to trust.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    /// <summary>The longest that one call to the server may take, in seconds.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 60;

    private protected static ServerEnvironment ResolveServer(IServerParameters given) => ServerEnvironment.Resolve(
        given.Server ?? EnvironmentCredentials.Read(EnvironmentCredentials.ServerVariable), given.IdentityUrl, given.ApiUrl);

    private protected ConnectionOptions Connection(string? deviceIdentifier = null) => new()
    {
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        DeviceIdentifier = deviceIdentifier ?? EnvironmentCredentials.Read(EnvironmentCredentials.DeviceIdentifierVariable),
        CertificateAuthorities = CertificateAuthority is null
            ? null
            : ConnectionOptions.ReadCertificateAuthorities(GetUnresolvedProviderPathFromPSPath(CertificateAuthority)),
    };
}
