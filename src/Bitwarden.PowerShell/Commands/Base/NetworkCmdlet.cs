using System.Management.Automation;
using Bitwarden.Core.Api;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that makes its own connection to a server.</summary>
public abstract class NetworkCmdlet : BwCmdlet
{
    /// <summary>PEM file with the certificate authority to trust.</summary>
    [Parameter]
    [NotBlank]
    public string? CertificateAuthority { get; set; }

    /// <summary>The longest that one call to the server may take, in seconds.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 60;

    /// <summary>The server that is meant. Only a parameter or variable that nobody gave stands for the vendor's cloud; an empty one is an error.</summary>
    private protected ServerEnvironment ResolveServer(IServerParameters given)
    {
        EnsureAddress(nameof(given.IdentityUrl), given.IdentityUrl);
        EnsureAddress(nameof(given.ApiUrl), given.ApiUrl);
        string? server = IsGiven(nameof(given.Server))
            ? given.Server ?? string.Empty
            : Environment.GetEnvironmentVariable(EnvironmentCredentials.ServerVariable);
        return ServerEnvironment.Resolve(server, given.IdentityUrl, given.ApiUrl);
    }

    private protected ConnectionOptions Connection(string? deviceIdentifier = null) => new()
    {
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        DeviceIdentifier = deviceIdentifier ?? EnvironmentCredentials.Read(EnvironmentCredentials.DeviceIdentifierVariable),
        CertificateAuthorities = CertificateAuthority is null
            ? null
            : ConnectionOptions.ReadCertificateAuthorities(GetUnresolvedProviderPathFromPSPath(CertificateAuthority)),
    };

    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private void EnsureAddress(string parameter, Uri? given)
    {
        if (IsGiven(parameter) && string.IsNullOrWhiteSpace(given?.OriginalString))
        {
            throw InvalidInputException.Server($"The address given as -{parameter} is empty.");
        }
    }
}
