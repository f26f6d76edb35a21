using System.Collections;
using Bitwarden.Core.Errors;

namespace Bitwarden.SecretManagement;

/// <summary>
/// What a registration says. Keys are read without regard to case, although SecretManagement's table has it (SecretManagement fact 24).
/// </summary>
internal sealed record VaultParameters
{
    private static readonly Dictionary<string, Func<VaultParameters, VaultParameter, VaultParameters>> s_readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(Account)] = (all, one) => all with { Account = one.Account() },
        [nameof(Server)] = (all, one) => all with { Server = one.Server() },
        [nameof(Organization)] = (all, one) => all with { Organization = one.Text() },
        [nameof(Collection)] = (all, one) => all with { Collection = one.Text() },
        [nameof(Folder)] = (all, one) => all with { Folder = one.Text() },
        [nameof(ReadOnly)] = (all, one) => all with { ReadOnly = one.Boolean() },
        [nameof(SignIn)] = (all, one) => all with { SignIn = one.OneOf("Environment") },
        [nameof(MaxAge)] = (all, one) => all with { MaxAge = one.Minutes() },
        [nameof(Logins)] = (all, one) => all with { Logins = one.OneOf("PSCredential", "Hashtable") },
    };

    // What people call secrets. No vault parameter is one.
    private static readonly string[] s_secrets = ["PASS", "PWD", "SECRET", "TOKEN", "KEY", "CREDENTIAL", "SESSION", "PIN"];

    /// <summary>E-mail or client id of the account; null for the only one of the process.</summary>
    internal string? Account { get; private init; }

    /// <summary>The server; null for any.</summary>
    internal string? Server { get; private init; }

    /// <summary>Name or id of the organization to which the vault is confined; null for none.</summary>
    internal string? Organization { get; private init; }

    /// <summary>Name or id of the collection to which the vault is confined; null for none.</summary>
    internal string? Collection { get; private init; }

    /// <summary>Name or id of the folder to which the vault is confined; null for none.</summary>
    internal string? Folder { get; private init; }

    /// <summary>Whether nothing may be written.</summary>
    internal bool ReadOnly { get; private init; }

    /// <summary>Whether to sign in with what the environment has; null for not.</summary>
    internal string? SignIn { get; private init; }

    /// <summary>How old what is in memory may be when it is read; null for any age.</summary>
    internal TimeSpan? MaxAge { get; private init; }

    /// <summary>What a login is read as; null for what fits it best.</summary>
    internal string? Logins { get; private init; }

    /// <summary>Whether logins are read as Hashtables.</summary>
    internal bool LoginTables => Logins == "Hashtable";

    /// <exception cref="InvalidInputException">InvalidVaultParameter: an unknown key, or a value that is not what it should be.</exception>
    internal static VaultParameters Read(Hashtable parameters)
    {
        VaultParameters all = new();
        foreach (DictionaryEntry entry in parameters)
        {
            string key = entry.Key as string ?? string.Empty;
            if (s_readers.TryGetValue(key, out Func<VaultParameters, VaultParameter, VaultParameters>? read))
            {
                all = read(all, new VaultParameter(s_readers.Keys.First(name => name.Equals(key, StringComparison.OrdinalIgnoreCase)), entry.Value));
            }
            else if (!key.Equals("Verbose", StringComparison.OrdinalIgnoreCase)) // Added by SecretManagement itself.
            {
                throw Unknown(key);
            }
        }

        return all;
    }

    private static InvalidInputException Unknown(string key)
    {
        string stored = Array.Exists(s_secrets, word => key.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? "If it is a secret, it lies now in plain text in a file of your home directory: Unregister-SecretVault removes it from there. "
                + "Then change the secret. "
            : string.Empty;
        string names = string.Join(", ", s_readers.Keys);
        return VaultErrors.Parameter(
            $"'{ForeignText.Show(key, ForeignText.NameLength)}' is not a parameter of a Bitwarden vault. {stored}Its parameters are {names}.");
    }
}
