using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Bitwarden.TestServer.Identity;

/// <summary>The access and refresh tokens of one server. A refresh token is reused, not replaced, as on the official server.</summary>
internal sealed class TokenStore(AccessTokenSigner signer, TimeSpan lifetime, ServerClock clock)
{
    private static readonly TimeSpan s_refreshLifetime = TimeSpan.FromDays(30);
    private readonly ConcurrentDictionary<string, IssuedToken> _access = new();
    private readonly ConcurrentDictionary<string, IssuedToken> _refresh = new();
    private long _lifetimeTicks = lifetime.Ticks;

    /// <summary>For the tokens to come.</summary>
    internal TimeSpan Lifetime
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _lifetimeTicks));
        set => Interlocked.Exchange(ref _lifetimeTicks, value.Ticks);
    }

    internal string IssueAccess(TestAccount account, GrantedAccess access)
    {
        DateTimeOffset now = clock.UtcNow;
        string token = signer.Sign(account, access, now, Lifetime);
        _access[token] = new IssuedToken(account, access, now + Lifetime, account.SecurityStamp);
        return token;
    }

    internal string IssueRefresh(TestAccount account, GrantedAccess access)
    {
        string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        _refresh[token] = new IssuedToken(account, access, clock.UtcNow + s_refreshLifetime, account.SecurityStamp);
        return token;
    }

    internal TestAccount? Resolve(string accessToken) => Find(_access, accessToken)?.Account;

    /// <summary>A new security stamp ends refresh tokens; access tokens, which nobody compares with it, live on (protocol 3.4).</summary>
    internal IssuedToken? FindRefresh(string refreshToken) =>
        Find(_refresh, refreshToken) is IssuedToken issued && issued.SecurityStamp == issued.Account.SecurityStamp ? issued : null;

    internal void Revoke(TestAccount account)
    {
        foreach (ConcurrentDictionary<string, IssuedToken> tokens in new[] { _access, _refresh })
        {
            foreach (string token in tokens.Where(pair => pair.Value.Account == account).Select(pair => pair.Key))
            {
                tokens.TryRemove(token, out _);
            }
        }
    }

    private IssuedToken? Find(ConcurrentDictionary<string, IssuedToken> tokens, string token) =>
        tokens.TryGetValue(token, out IssuedToken? issued) && clock.UtcNow < issued.Expires ? issued : null;
}
