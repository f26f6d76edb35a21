using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Auth;

/// <summary>A personal API key as its owner sees it: what the web vault shows under View API key.</summary>
public sealed record ApiKeyDetails
{
    internal ApiKeyDetails(string clientId, SecretBytes clientSecret, DateTimeOffset? revisionDate)
    {
        ClientId = clientId;
        ClientSecret = new KeptSecret(clientSecret);
        RevisionDate = revisionDate;
    }

    /// <summary>The client id, <c>user.&lt;guid&gt;</c>; stays the same when the key is rotated.</summary>
    public string ClientId { get; }

    /// <summary>The client secret, 30 characters on the official server.</summary>
    public SealedSecret ClientSecret { get; }

    /// <summary>The scope of logins with the key.</summary>
    public string Scope { get; } = "api";

    /// <summary>The grant type of logins with the key.</summary>
    public string GrantType { get; } = "client_credentials";

    /// <summary>When the key was made; null when the server does not say.</summary>
    public DateTimeOffset? RevisionDate { get; }

    /// <summary>The client id; never the secret.</summary>
    public override string ToString() => ClientId;

    private sealed class KeptSecret(SecretBytes value) : SealedSecret
    {
        public override SecretBytes Decrypt()
        {
            SecretBytes copy = new(value.Span);
            GC.KeepAlive(this);
            return copy;
        }

        // A script that shows a key has nothing to dispose.
        ~KeptSecret() => value.Dispose();
    }
}
