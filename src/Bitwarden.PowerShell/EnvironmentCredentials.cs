using System.Collections;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell;

/// <summary>
/// The environment variables that this project reads: BW_CLIENTID, BW_CLIENTSECRET, BW_PASSWORD, BW_SERVER and BW_DEVICEIDENTIFIER; and BW_SESSION
/// where the official client's session is imported, SSH_AUTH_SOCK where the SSH agent is asked. The variable with the key of an exported session is named by
/// the caller.
/// Some translations of the vendor's guide print other names for the first two; those are noticed, never read.
/// </summary>
internal static class EnvironmentCredentials
{
    /// <summary>Name of the variable with the client id.</summary>
    internal const string ClientIdVariable = "BW_CLIENTID";

    /// <summary>Name of the variable with the client secret.</summary>
    internal const string ClientSecretVariable = "BW_CLIENTSECRET";

    /// <summary>Name of the variable with the master password.</summary>
    internal const string MasterPasswordVariable = "BW_PASSWORD";

    /// <summary>Name of the variable with the server.</summary>
    internal const string ServerVariable = "BW_SERVER";

    /// <summary>Name of the variable with the device identifier.</summary>
    internal const string DeviceIdentifierVariable = "BW_DEVICEIDENTIFIER";

    /// <summary>Name of the variable with the official client's session key.</summary>
    internal const string SessionKeyVariable = "BW_SESSION";

    /// <summary>Name of the variable with the path of the SSH agent's socket, which ssh-agent itself prints.</summary>
    internal const string SshAgentVariable = "SSH_AUTH_SOCK";

    private static readonly string[] s_known =
        [ClientIdVariable, ClientSecretVariable, MasterPasswordVariable, ServerVariable, DeviceIdentifierVariable, SessionKeyVariable];

    /// <summary>Reads a variable that is not secret; null when it is missing or blank.</summary>
    /// <param name="name">One of the names above.</param>
    internal static string? Read(string name)
    {
        string? value = Environment.GetEnvironmentVariable(name);
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>Reads a secret variable as it stands; null when it is missing or empty. The caller disposes the result.</summary>
    /// <param name="name">One of the names above.</param>
    internal static SecretBytes? ReadSecret(string name)
    {
        string? value = Environment.GetEnvironmentVariable(name);
        return string.IsNullOrEmpty(value) ? null : SecretBytes.FromCharacters(value);
    }

    /// <summary>Reads the secret of an exported session: what was given, else the variable that the caller names; null where neither was.</summary>
    /// <exception cref="InvalidInputException">SessionKeyMissing: the variable is not set, or empty.</exception>
    internal static SecretBytes? ReadSessionKey(SecureString? given, string? variable)
    {
        if (given is not null)
        {
            return SecretBytes.FromSecureString(given);
        }

        return variable is null ? null : ReadSecret(variable) ?? throw InputErrors.SessionKeyMissing(variable);
    }

    /// <summary>
    /// Names of set variables that look like a translated or misspelt name of the API key's variables, for example BW_SECRETCLIENT and
    /// BW_CLIËNTGEHEIM. The latter is recognised even when it was decoded wrongly, as in a C locale.
    /// </summary>
    internal static IReadOnlyList<string> FindLookAlikes() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(entry => !string.IsNullOrEmpty(entry.Value as string))
        .Select(entry => (string)entry.Key)
        .Where(LooksAlike)
        .Order(StringComparer.OrdinalIgnoreCase)
        .ToArray();

    /// <summary>A sentence about look-alikes for an error message; empty when none are set.</summary>
    internal static string DescribeLookAlikes()
    {
        IReadOnlyList<string> names = FindLookAlikes();
        const string Reason = "some translations of the vendor's guide print it wrongly.";
        return names.Count switch
        {
            0 => string.Empty,
            1 => $"The variable {names[0]} is set, but that is not the name to use: {Reason}",
            _ => $"The variables {string.Join(", ", names)} are set, but none of these is the name to use: {Reason}",
        };
    }

    internal static bool LooksAlike(string name)
    {
        string upper = name.ToUpperInvariant();
        if (!upper.StartsWith("BW", StringComparison.Ordinal) || s_known.Contains(name, StringComparer.Ordinal))
        {
            return false;
        }

        bool client = upper.Contains("CLI", StringComparison.Ordinal) || upper.Contains("KLIENT", StringComparison.Ordinal);
        return (client && upper.Length > "BW_CLI".Length) || upper.Contains("SECRET", StringComparison.Ordinal)
            || upper.Contains("APIKEY", StringComparison.Ordinal);
    }
}
