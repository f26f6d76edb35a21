using System.Globalization;
using System.Management.Automation;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Errors;

namespace Bitwarden.SecretManagement;

/// <summary>
/// One entry of a registration's VaultParameters, read as what it is meant to be. SecretManagement turns some values into other types on the way
/// (SecretManagement fact 23); those are refused by name.
/// </summary>
/// <param name="Key">The parameter's name.</param>
/// <param name="Given">What arrived.</param>
internal sealed record VaultParameter(string Key, object? Given)
{
    // A year.
    private const double MostMinutes = 525_600;

    private object? Plain => Given is PSObject wrapped ? wrapped.BaseObject : Given;

    /// <exception cref="InvalidInputException">InvalidVaultParameter.</exception>
    internal string Text() => Plain switch
    {
        null => throw Empty(),
        string text => string.IsNullOrWhiteSpace(text) ? throw Empty() : text,
        _ => throw Wrong("must be text"),
    };

    /// <summary>An e-mail or a client id, but not an organization's.</summary>
    /// <exception cref="InvalidInputException">InvalidVaultParameter.</exception>
    internal string Account()
    {
        string account = Text();
        try
        {
            if (!account.Contains('@', StringComparison.Ordinal))
            {
                ApiKeyCredential.EnsurePersonal(account);
            }

            return account;
        }
        catch (InvalidInputException e)
        {
            throw VaultErrors.Parameter($"The vault parameter {Key} is neither an e-mail nor the client id of a personal API key. {e.Message}");
        }
    }

    /// <summary>A region or an address.</summary>
    /// <exception cref="InvalidInputException">InvalidVaultParameter.</exception>
    internal string Server()
    {
        string server = Text();
        try
        {
            ServerEnvironment.Resolve(server);
            return server;
        }
        catch (InvalidInputException e)
        {
            throw VaultErrors.Parameter($"The vault parameter {Key} cannot be used. {e.Message}");
        }
    }

    /// <exception cref="InvalidInputException">InvalidVaultParameter.</exception>
    internal bool Boolean() => Plain switch
    {
        bool value => value,
        string text when bool.TryParse(text, out bool value) => value,
        string text when string.IsNullOrWhiteSpace(text) => throw Empty(),
        null => throw Empty(),
        _ => throw Wrong("must be $true or $false"),
    };

    /// <exception cref="InvalidInputException">InvalidVaultParameter.</exception>
    internal TimeSpan Minutes()
    {
        double minutes = Plain switch
        {
            long or int or double => Convert.ToDouble(Plain, CultureInfo.InvariantCulture),
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            string text when string.IsNullOrWhiteSpace(text) => throw Empty(),
            null => throw Empty(),
            _ => double.NaN,
        };
        return minutes is >= 0 and <= MostMinutes ? TimeSpan.FromMinutes(minutes) : throw Wrong("must be a number of minutes, at most a year");
    }

    /// <summary>One of some words, as it is written here.</summary>
    /// <exception cref="InvalidInputException">InvalidVaultParameter.</exception>
    internal string OneOf(params string[] words)
    {
        string given = Text();
        return Array.Find(words, word => word.Equals(given.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong($"must be {string.Join(" or ", words)}");
    }

    // An empty account would stand for any account, an empty server for any server.
    private InvalidInputException Empty() => VaultErrors.Parameter(
        $"The vault parameter {Key} is empty. Register the vault again with a value, or without the parameter.");

    // The value is not shown: it may be anything, a secret too.
    private InvalidInputException Wrong(string rule) => VaultErrors.Parameter(
        $"The vault parameter {Key} {rule}, but SecretManagement passed a value of the type {Plain!.GetType().Name} that is not. "
        + "Register the vault again.");
}
