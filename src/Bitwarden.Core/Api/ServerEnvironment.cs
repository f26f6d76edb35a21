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
    /// <param name="server"><c>US</c>, <c>EU</c>, or the address of a server, with or without a path; null for none, which is US.</param>
    /// <param name="identityUrl">Address of the identity service when the layout is an odd one.</param>
    /// <param name="apiUrl">Address of the API service when the layout is an odd one.</param>
    /// <exception cref="InvalidInputException">InvalidServer.</exception>
    public static ServerEnvironment Resolve(string? server, Uri? identityUrl = null, Uri? apiUrl = null)
    {
        ServerEnvironment environment = ResolveBase(server);
        if (identityUrl is null && apiUrl is null)
        {
            return environment;
        }

        bool isComplete = identityUrl is not null && apiUrl is not null;
        if (!isComplete && (environment == UnitedStates || environment == EuropeanUnion))
        {
            // The key or the token would go to the vendor, who has nothing to do with the other address.
            throw InvalidInputException.Server(
                "The identity and the API address of a server of your own belong together. Give both, or the server's address.");
        }

        Uri identity = identityUrl is null ? environment.Identity : Checked(identityUrl);
        Uri api = apiUrl is null ? environment.Api : Checked(apiUrl);
        return new ServerEnvironment(server is null ? NameOf(identity, api) : environment.Name, identity, api);
    }

    /// <summary>Makes the environment of an exported session, with the same rules. It is called after its addresses: nobody vouches for another name.</summary>
    internal static ServerEnvironment Restore(Uri identity, Uri api)
    {
        ServerEnvironment restored = new(NameOf(Checked(identity), Checked(api)), Checked(identity), Checked(api));
        return restored.HasAddressesOf(UnitedStates) ? UnitedStates : restored.HasAddressesOf(EuropeanUnion) ? EuropeanUnion : restored;
    }

    /// <summary>Whether both services are at the same addresses, whatever the server is called.</summary>
    internal bool HasAddressesOf(ServerEnvironment other) => Identity == other.Identity && Api == other.Api;

    /// <summary>Whether a text names this server, in any of the forms that <see cref="Resolve"/> takes.</summary>
    /// <param name="server">For example what a vault registration says.</param>
    /// <exception cref="InvalidInputException">InvalidServer.</exception>
    public bool IsNamedBy(string server) => string.Equals(ResolveBase(server).Name, Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static ServerEnvironment ResolveBase(string? server) => server?.Trim().ToUpperInvariant() switch
    {
        // What was given and is empty, such as a variable that nobody set, is not the vendor's cloud.
        "" => throw InvalidInputException.Server("The server is empty. Give US, EU, or an address such as https://vault.example.org."),
        null or "US" => UnitedStates,
        "EU" => EuropeanUnion,
        _ => ResolveAddress(server!.Trim()),
    };

    // The address that both are under, as a user would give it; else that of the API.
    private static string NameOf(Uri identity, Uri api)
    {
        string name = api.AbsoluteUri.TrimEnd('/');
        string server = name.EndsWith("/api", StringComparison.Ordinal) ? name[..^"/api".Length] : name;
        return identity.AbsoluteUri == server + "/identity/" ? server : name;
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
            throw InvalidInputException.Server(
                $"The address of {uri.Host} must start with https://. Only the address of this machine itself may start with http://.");
        }

        return uri.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
    }

    /// <summary>Where the server says that a file is, or is to go.</summary>
    /// <param name="address">The address; may start at that of the API.</param>
    /// <exception cref="ServerException">UnexpectedResponse: it is none that may be used.</exception>
    internal Uri FileAddress(string? address)
    {
        bool isKnown = Uri.TryCreate(Api, address, out Uri? uri);
        bool isSafe = isKnown && (uri!.Scheme == Uri.UriSchemeHttps || (IsLoopback(uri) && uri.Scheme == Api.Scheme));
        return isSafe ? uri! : throw ServerException.Unexpected(Api.Authority, HttpStatusCode.OK, "no usable address for the attachment.");
    }

    /// <summary>Whether an address is this machine itself, so that nothing of a request leaves it.</summary>
    internal static bool IsLoopback(Uri uri) =>
        string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address) && IPAddress.IsLoopback(address));
}
