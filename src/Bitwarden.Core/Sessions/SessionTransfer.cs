using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Sessions;

/// <summary>Turns a connected account into what another process needs to go on with it, and back.</summary>
internal static class SessionTransfer
{
    /// <summary>Reads the text of an exported session. The API key is disposed when that fails.</summary>
    internal static ExportedSession Open(SecretBytes token, ServerApiKey? key)
    {
        try
        {
            return SessionToken.Open(token);
        }
        catch
        {
            key?.Key.Dispose();
            throw;
        }
    }

    /// <summary>The user key is taken last, when a token is there.</summary>
    internal static async Task<ExportedSession> ExportAsync(
        AccountConnection account, Func<SecretBytes>? userKey, SecretBytes? rememberToken, CancellationToken cancellationToken)
    {
        TokenSource tokens = account.Tokens;
        string token = await tokens.GetAsync(null, cancellationToken).ConfigureAwait(false);
        ExportedSession exported = new()
        {
            Server = account.Server.Name,
            Identity = account.Server.Identity,
            Api = account.Server.Api,
            Account = account.Account,
            ClientId = account.ClientId,
            DeviceIdentifier = account.Anonymous.Device.Identifier,
            AccessToken = token,
            ExpiresAt = tokens.Current?.ExpiresAt ?? account.Anonymous.Options.TimeProvider.GetUtcNow(),
        };
        try
        {
            exported.RefreshToken = tokens.Grant.CopyRefreshToken();
            exported.RememberToken = rememberToken?.Copy();
            exported.UserKey = userKey?.Invoke();
            return exported;
        }
        catch
        {
            exported.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Connects the account of an exported session. With the API key of the same account on the same server it can get new tokens; another account's key
    /// is not used. Owns the key, also on failure.
    /// </summary>
    internal static AccountConnection Import(ExportedSession exported, ServerApiKey? key, ConnectionOptions options)
    {
        ITokenGrant? grant = null;
        TokenResponse? tokens = null;
        try
        {
            ServerEnvironment server = ServerEnvironment.Restore(exported.Identity, exported.Api);

            // The text proves nothing: anybody can write one that names the account and a server of their own.
            grant = GrantOf(exported, key?.IsFor(exported.ClientId, server) == true ? key.Key : null);
            DeviceIdentity device = DeviceIdentity.Create(exported.DeviceIdentifier.ToString(), server, exported.Account);
            TimeSpan left = exported.ExpiresAt - options.TimeProvider.GetUtcNow();
            tokens = new TokenResponse
            {
                AccessToken = exported.AccessToken,
                ExpiresIn = (int)Math.Clamp(left.TotalSeconds, 0, int.MaxValue),
                RefreshToken = exported.RefreshToken?.Copy(),
            };
            if (!tokens.HasUsableToken)
            {
                throw InvalidInputException.SessionToken();
            }

            string? email = exported.Account == exported.ClientId ? null : exported.Account;
            return AccountConnection.FromTokens(grant, tokens, email, exported.ClientId, AnonymousApiClient.Create(server, device, options));
        }
        catch
        {
            tokens?.Forget();
            grant?.Dispose();
            key?.Key.Dispose();
            throw;
        }
    }

    private static ITokenGrant GrantOf(ExportedSession exported, ApiKeyCredential? key)
    {
        if (exported.RefreshToken is not null)
        {
            return new RefreshTokenGrant();
        }

        return key is null ? new NoGrant() : new ApiKeyGrant(key);
    }
}
