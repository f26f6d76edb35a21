using System.Collections;
using System.Management.Automation;
using Bitwarden.Core.Errors;

namespace Bitwarden.SecretManagement;

/// <summary>
/// What a registration says: <c>Account</c> (e-mail or client id) and <c>Server</c>. Keys are read without regard to case, although SecretManagement's
/// table has it. SecretManagement turns some values into other types on the way; those are refused by name.
/// </summary>
internal sealed record VaultParameters(string? Account, string? Server)
{
    private const string AccountKey = "Account";
    private const string ServerKey = "Server";

    /// <exception cref="InvalidInputException">InvalidVaultParameter: an unknown key, or a value that is not text.</exception>
    internal static VaultParameters Read(Hashtable parameters)
    {
        string? account = null;
        string? server = null;
        foreach (DictionaryEntry entry in parameters)
        {
            string key = entry.Key as string ?? string.Empty;
            switch (key.ToUpperInvariant())
            {
                case "ACCOUNT":
                    account = Text(AccountKey, entry.Value);
                    break;
                case "SERVER":
                    server = Text(ServerKey, entry.Value);
                    break;
                case "VERBOSE": // Added by SecretManagement itself.
                    break;
                default:
                    throw VaultErrors.Parameter(
                        $"'{ForeignText.Show(key, ForeignText.NameLength)}' is not a parameter of a Bitwarden vault. "
                        + $"Its parameters are {AccountKey} and {ServerKey}.");
            }
        }

        return new VaultParameters(account, server);
    }

    // An empty account would stand for any account, an empty server for any server.
    private static InvalidInputException Empty(string key) => VaultErrors.Parameter(
        $"The vault parameter {key} is empty. Register the vault again with a value, or without the parameter.");

    private static string Text(string key, object? value)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null => throw Empty(key),
            string text => string.IsNullOrWhiteSpace(text) ? throw Empty(key) : text,
            _ => throw VaultErrors.Parameter(
                $"The vault parameter {key} must be text, but SecretManagement passed a value of the type {plain.GetType().Name}. "
                + "Register the vault again with text."),
        };
    }
}
