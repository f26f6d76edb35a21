using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.SecretManagement;

/// <summary>What the environment has to sign a vault in with. Disposing zeroes it.</summary>
internal sealed class EnvironmentKeys : IDisposable
{
    private static readonly byte[] s_markKey = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    private EnvironmentKeys(ServerEnvironment server, string clientId, SecretBytes clientSecret, SecretBytes masterPassword)
    {
        Server = server;
        ClientId = clientId;
        ClientSecret = clientSecret;
        MasterPassword = masterPassword;
    }

    internal ServerEnvironment Server { get; }

    internal string ClientId { get; }

    internal SecretBytes ClientSecret { get; }

    internal SecretBytes MasterPassword { get; }

    /// <exception cref="InvalidInputException">What is missing, or InvalidVaultParameter: environment and registration mean different servers.</exception>
    internal static EnvironmentKeys Read(VaultParameters parameters)
    {
        ServerEnvironment server = ServerOf(parameters);
        string clientId = EnvironmentCredentials.Read(EnvironmentCredentials.ClientIdVariable) ?? throw InputErrors.ClientIdMissing();
        ApiKeyCredential.EnsurePersonal(clientId);
        SecretBytes secret = EnvironmentCredentials.ReadSecret(EnvironmentCredentials.ClientSecretVariable) ?? throw InputErrors.ClientSecretMissing();
        if (EnvironmentCredentials.ReadSecret(EnvironmentCredentials.MasterPasswordVariable) is SecretBytes password)
        {
            return new EnvironmentKeys(server, clientId, secret, password);
        }

        secret.Dispose();
        throw InputErrors.MasterPasswordMissing();
    }

    /// <summary>Whether a session was made with this API key.</summary>
    internal bool IsFor(BitwardenSession session) => SessionStore.IsOf(session, ClientId) && session.Server == Server;

    /// <summary>Tells these keys from others. Says nothing about them to whoever does not know this process's own key.</summary>
    /// <param name="account">The account that they are meant for; null for any.</param>
    internal string Mark(string? account)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, s_markKey);
        Append(hash, Encoding.UTF8.GetBytes(Server.Name));
        Append(hash, Encoding.UTF8.GetBytes(ClientId));
        Append(hash, Encoding.UTF8.GetBytes(account ?? string.Empty));
        Append(hash, ClientSecret.Span);
        Append(hash, MasterPassword.Span);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        ClientSecret.Dispose();
        MasterPassword.Dispose();
    }

    // With its length, so that no part runs into the next.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        hash.AppendData(BitConverter.GetBytes(part.Length));
        hash.AppendData(part);
    }

    // Whoever may write one of the two must not be able to send the keys of the other elsewhere.
    private static ServerEnvironment ServerOf(VaultParameters parameters)
    {
        string? variable = Environment.GetEnvironmentVariable(EnvironmentCredentials.ServerVariable);
        ServerEnvironment server = ServerEnvironment.Resolve(variable ?? parameters.Server);
        return parameters.Server is null || server.IsNamedBy(parameters.Server)
            ? server
            : throw VaultErrors.Parameter("The vault parameter Server and the environment variable BW_SERVER mean different servers.");
    }
}
