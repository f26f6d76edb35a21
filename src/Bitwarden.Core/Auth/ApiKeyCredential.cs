using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Auth;

/// <summary>A personal API key: proves who the user is, decrypts nothing.</summary>
public sealed class ApiKeyCredential : IDisposable
{
    private const string PersonalPrefix = "user.";
    private const string OrganizationPrefix = "organization.";

    private ApiKeyCredential(Guid userId, SecretBytes clientSecret)
    {
        UserId = userId;
        ClientSecret = clientSecret;
    }

    /// <summary>The user's id, which is part of the client id.</summary>
    public Guid UserId { get; }

    /// <summary>The client id, <c>user.&lt;guid&gt;</c>.</summary>
    public string ClientId => PersonalPrefix + UserId;

    internal SecretBytes ClientSecret { get; }

    /// <summary>Checks both halves, before any request. White space and matching quotes around them are removed.</summary>
    /// <param name="clientId">The client id.</param>
    /// <param name="clientSecret">The client secret in UTF-8; the caller disposes it.</param>
    /// <exception cref="InvalidInputException">OrganizationApiKey, InvalidClientId or ClientSecretMissing.</exception>
    public static ApiKeyCredential Create(string clientId, SecretBytes clientSecret)
    {
        ArgumentNullException.ThrowIfNull(clientId);
        ArgumentNullException.ThrowIfNull(clientSecret);
        Guid userId = ParseClientId(Unquote(clientId.AsSpan()));
        ReadOnlySpan<byte> secret = Unquote(clientSecret.Span);
        return secret.IsEmpty
            ? throw InvalidInputException.ClientSecretEmpty()
            : new ApiKeyCredential(userId, new SecretBytes(secret));
    }

    /// <summary>Checks a client id alone, for use before anybody is asked for the secret.</summary>
    /// <param name="clientId">The client id.</param>
    /// <exception cref="InvalidInputException">OrganizationApiKey or InvalidClientId.</exception>
    public static void EnsurePersonal(string clientId) => ParseClientId(Unquote(clientId.AsSpan()));

    /// <summary>Zeroes the secret.</summary>
    public void Dispose() => ClientSecret.Dispose();

    /// <summary>The client id; never the secret.</summary>
    public override string ToString() => ClientId;

    private static Guid ParseClientId(ReadOnlySpan<char> clientId)
    {
        if (clientId.StartsWith(OrganizationPrefix, StringComparison.OrdinalIgnoreCase))
        {
            throw InvalidInputException.OrganizationApiKey();
        }

        bool personal = clientId.StartsWith(PersonalPrefix, StringComparison.OrdinalIgnoreCase);
        return personal && Guid.TryParseExact(clientId[PersonalPrefix.Length..], "D", out Guid userId)
            ? userId
            : throw InvalidInputException.ClientId();
    }

    private static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> trimmed = text.Trim();
        bool quoted = trimmed.Length >= 2 && trimmed[0] == trimmed[^1] && trimmed[0] is '"' or '\'';
        return quoted && trimmed.Length >= 2 ? trimmed[1..^1].Trim() : trimmed;
    }

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> trimmed = text.Trim(" \t\r\n"u8);
        bool quoted = trimmed.Length >= 2 && trimmed[0] == trimmed[^1] && trimmed[0] is (byte)'"' or (byte)'\'';
        return quoted && trimmed.Length >= 2 ? trimmed[1..^1].Trim(" \t\r\n"u8) : trimmed;
    }
}
