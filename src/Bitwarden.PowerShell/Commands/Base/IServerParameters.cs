namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>
/// The parameters that name a server, for Connect cmdlets and Test-BwConnection alike. Not a base class: Connect cmdlets share one with
/// Import-BwSession, which takes no server, and Test-BwConnection makes no session.
/// </summary>
internal interface IServerParameters
{
    string? Server { get; set; }

    Uri? IdentityUrl { get; set; }

    Uri? ApiUrl { get; set; }
}
