using System.Management.Automation;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that logs in at a server.</summary>
public abstract class ConnectCmdlet : NewSessionCmdlet, IServerParameters
{
    /// <summary>US, EU, or the address of a server.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public string? Server { get; set; }

    /// <summary>Address of the identity service when it is not under the server's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Address]
    public Uri? IdentityUrl { get; set; }

    /// <summary>Address of the API service when it is not under the server's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Address]
    public Uri? ApiUrl { get; set; }

    /// <summary>A GUID for the server to know this device by.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? DeviceIdentifier { get; set; }
}
