using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Takes up a session that another process exported and makes it current in this runspace.</summary>
[Cmdlet(VerbsData.Import, "BwSession", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(BitwardenSession))]
public sealed class ImportBwSessionCommand : NewSessionCmdlet
{
    private const string TokenSet = "Token";

    /// <summary>What Export-BwSession wrote; a SecureString, or the text itself.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = TokenSet)]
    [SecureTextTransformation]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        using SecretBytes token = SecretBytes.FromSecureString(Token!);
        ApiKey? key = ReadKey();
        MakeCurrent(Await(stop => BitwardenSession.ImportAsync(token, key, Connection(), Options(), stop)));
    }

    // With the key in the environment the session can get new access tokens; without, it lasts as long as the one it has.
    private static ApiKey? ReadKey()
    {
        using SecretBytes? secret = EnvironmentCredentials.ReadSecret(EnvironmentCredentials.ClientSecretVariable);
        string? clientId = EnvironmentCredentials.Read(EnvironmentCredentials.ClientIdVariable);
        return secret is null || clientId is null ? null : ApiKey.Create(clientId, secret);
    }
}
