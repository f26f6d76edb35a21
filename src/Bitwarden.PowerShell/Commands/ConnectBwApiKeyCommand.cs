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

    /// <summary>A copy of the vault, for the case that the server cannot be reached.</summary>
    [Parameter]
    [NotBlank]
    public string? FallbackPath { get; set; }

    /// <summary>Writes the copy of -FallbackPath anew when the vault is unlocked, and after each sync.</summary>
    [Parameter]
    public SwitchParameter UpdateFallback { get; set; }

    /// <summary>The oldest that the copy of -FallbackPath may be.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Duration]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>The time within which to begin, at a random moment: for many agents that would otherwise all begin at once.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Duration(MaxHours = 24)]
    public TimeSpan? StartWithin { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        ServerEnvironment server = ResolveServer(this);
        ConnectionOptions connection = Connection(DeviceIdentifier);
        string? fallback = FallbackPath is not null ? LocalPath.Resolve(this, FallbackPath)
            : UpdateFallback || MaxAge is not null ? throw InputErrors.FallbackPathMissing() : null;
        ApiKeyCredential key = ReadKey();
        AwaitTurn();
        WriteVerbose($"Logging in at {server.Identity} as {key.ClientId}.");
        MakeCurrent(fallback is null
            ? Await(token => BitwardenSession.ConnectAsync(key, server, connection, Options(), token))
            : ConnectOrOpen(key, server, connection, fallback));
    }

    private void AwaitTurn()
    {
        if (StartWithin is TimeSpan within)
        {
            TimeSpan wait = within * Random.Shared.NextDouble();
            WriteVerbose($"Beginning in {wait.TotalSeconds:0} seconds.");
            Await(token => Task.Delay(wait, token));
        }
    }

    private BitwardenSession ConnectOrOpen(ApiKeyCredential key, ServerEnvironment server, ConnectionOptions connection, string path)
    {
        VaultCopyLimits limits = new() { MaxAge = MaxAge, Server = server, UserId = key.UserId };
        try
        {
            SessionOptions options = Options() with { KeepCopyAt = UpdateFallback ? path : null };
            BitwardenSession session = Await(token => ConnectAndFetchAsync(key, server, connection, options, token));
            WarnIfUseless(path, limits);
            return session;
        }
        catch (ServerException e) when (e.IsOutage)
        {
            WriteWarning(e.Message);
            BitwardenSession copy = Await(_ => Task.FromResult(VaultCopy.Open(path, limits, connection, Options())));
            WriteWarning(
                $"The copy of the vault is used instead, {Views.Age(copy.CopyAge)}. What was changed since is not in it, and it can only be read.");
            return copy;
        }
    }

    // What the server sends now cannot fail to come when the vault is unlocked.
    private static async Task<BitwardenSession> ConnectAndFetchAsync(
        ApiKeyCredential key, ServerEnvironment server, ConnectionOptions connection, SessionOptions options, CancellationToken cancellationToken)
    {
        BitwardenSession session = await BitwardenSession.ConnectAsync(key, server, connection, options, cancellationToken).ConfigureAwait(false);
        try
        {
            await session.FetchAsync(cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    // On a good day, so that nobody learns it on the bad one.
    private void WarnIfUseless(string path, VaultCopyLimits limits)
    {
        try
        {
            if (!UpdateFallback || File.Exists(path))
            {
                VaultCopy.Check(path, UpdateFallback ? limits with { MaxAge = null } : limits, TimeProvider.System);
            }
        }
        catch (BitwardenException e)
        {
            WriteWarning($"If the server could not be reached now, there would be no copy to use. {e.Message}");
        }
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
