namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>
/// The parameters that name a server. Not a base class: Import-BwSession has them in one of its parameter sets only, and Test-BwConnection makes no session.
/// </summary>
internal interface IServerParameters
{
    string? Server { get; set; }

    Uri? IdentityUrl { get; set; }

    Uri? ApiUrl { get; set; }
}
