using System.Net;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Api;

/// <summary>Where the services of a server are (protocol 1.1). https only, except on loopback.</summary>
public sealed record ServerEnvironment
{
    private ServerEnvironment(string name, Uri identity, Uri api)
    {
        Name = name;
        Identity = identity;
        Api = api;
    }

    /// <summary>The vendor's cloud in the United States; the default.</summary>
    public static ServerEnvironment UnitedStates { get; } =
        new("US", new Uri("https://identity.bitwarden.com/"), new Uri("https://api.bitwarden.com/"));

    /// <summary>The vendor's cloud in the European Union.</summary>
    public static ServerEnvironment EuropeanUnion { get; } =
        new("EU", new Uri("https://identity.bitwarden.eu/"), new Uri("https://api.bitwarden.eu/"));

    /// <summary>What to call the server: <c>US</c>, <c>EU</c>, or the address without a slash at the end.</summary>
    public string Name { get; }

    /// <summary>Address of the identity service, with a slash at the end.</summary>
    public Uri Identity { get; }

    /// <summary>Address of the API service, with a slash at the end.</summary>
    public Uri Api { get; }

    /// <summary>Reads what a user gives.</summary>
    /// <param name="server"><c>US</c>, <c>EU</c>, or the address of a server, with or without a path; null or empty for US.</param>
    /// <param name="identityUrl">Address of the identity service when the layout is an odd one.</param>
    /// <param name="apiUrl">Address of the API service when the layout is an odd one.</param>
    /// <exception cref="InvalidInputException">InvalidServer.</exception>
    public static ServerEnvironment Resolve(string? server, Uri? identityUrl = null, Uri? apiUrl = null)
    {
        ServerEnvironment environment = ResolveBase(server?.Trim());
        if (identityUrl is null && apiUrl is null)
        {
            return environment;
        }

        Uri given = apiUrl ?? identityUrl!;
        return new ServerEnvironment(
            string.IsNullOrWhiteSpace(server) ? Checked(given).AbsoluteUri.TrimEnd('/') : environment.Name,
            identityUrl is null ? environment.Identity : Checked(identityUrl),
            apiUrl is null ? environment.Api : Checked(apiUrl));
    }

    /// <summary>Makes the environment of an exported session, with the same rules.</summary>
    internal static ServerEnvironment Restore(string name, Uri identity, Uri api) => new(name, Checked(identity), Checked(api));

    /// <summary>Whether a text names this server, in any of the forms that <see cref="Resolve"/> takes.</summary>
    /// <param name="server">For example what a vault registration says.</param>
    /// <exception cref="InvalidInputException">InvalidServer.</exception>
    public bool IsNamedBy(string server) => string.Equals(ResolveBase(server?.Trim()).Name, Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static ServerEnvironment ResolveBase(string? server)
    {
        if (string.IsNullOrEmpty(server) || string.Equals(server, "US", StringComparison.OrdinalIgnoreCase))
        {
            return UnitedStates;
        }

        if (string.Equals(server, "EU", StringComparison.OrdinalIgnoreCase))
        {
            return EuropeanUnion;
        }

        return ResolveAddress(server);
    }

    private static ServerEnvironment ResolveAddress(string server)
    {
        string text = server.Contains("://", StringComparison.Ordinal) ? server : "https://" + server;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri))
        {
            // Not shown: it may hold a password.
            throw InvalidInputException.Server("The server is not an address. Give US, EU, or an address such as https://vault.example.org.");
        }

        Uri checkedUri = Checked(uri);
        return checkedUri.Authority.ToLowerInvariant() switch
        {
            "vault.bitwarden.com" or "bitwarden.com" or "www.bitwarden.com" => UnitedStates,
            "vault.bitwarden.eu" or "bitwarden.eu" or "www.bitwarden.eu" => EuropeanUnion,
            _ => new ServerEnvironment(
                checkedUri.AbsoluteUri.TrimEnd('/'), new Uri(checkedUri, "identity/"), new Uri(checkedUri, "api/")),
        };
    }

    private static Uri Checked(Uri uri)
    {
        if (!uri.IsAbsoluteUri)
        {
            throw InvalidInputException.Server("The address of a service must be complete, for example https://identity.example.org.");
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw InvalidInputException.Server("A server address must not contain a user, password, query or fragment.");
        }

        bool allowed = uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri));
        if (!allowed)
        {
            throw InvalidInputException.Server($"The address of {uri.Host} must start with https://. Only the address of this machine itself may start with http://.");
        }

        return uri.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
    }

    /// <summary>Whether an address is this machine itself, so that nothing of a request leaves it.</summary>
    internal static bool IsLoopback(Uri uri) =>
        string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address) && IPAddress.IsLoopback(address));
}
