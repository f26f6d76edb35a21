using System.Globalization;

namespace Bitwarden.TestServer;

/// <summary>The arguments of the program.</summary>
internal sealed record CommandLine
{
    internal const string Usage = """
        Usage: dotnet run --project tests/Bitwarden.TestServer -- [options]
          --http-port N, --https-port N   fixed ports instead of free ones
          --large N                       adds large@example.org with N logins
          --large-mixed                   half of them with keys of their own, some an organization's, some with shared names
          --minimal-token                 API-key token answers carry nothing but the token
          --pascal-case                   answers like an old server
          --token-lifetime SECONDS        how long access tokens live
          --token-rate N                  more than N token requests a minute get 429
          --server-version VERSION        the version to announce; below 2025.5.2 password logins need Auth-Email
          --feature NAME=true|false       a feature flag of GET /api/config; may be repeated
          --info-file PATH                writes the answer of GET /_test/info there once listening
          --stop-on-stdin-close           ends when the parent process closes our input
        """;

    public EmbeddedServerOptions Server { get; private init; } = new();

    public string? InfoFile { get; private init; }

    public bool StopOnStdinClose { get; private init; }

    /// <exception cref="ArgumentException">An argument is unknown, or its value is missing or wrong.</exception>
    internal static CommandLine Parse(IEnumerable<string> arguments)
    {
        CommandLine result = new();
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? name))
        {
            result = result.With(name, rest);
        }

        return result;
    }

    private CommandLine With(string name, Queue<string> rest) => name switch
    {
        "--http-port" => this with { Server = Server with { HttpPort = Number(name, rest) } },
        "--https-port" => this with { Server = Server with { HttpsPort = Number(name, rest) } },
        "--large-mixed" => this with { Server = Server with { MixedLargeVault = true } },
        "--large" => this with { Server = Server with { LargeVaultItems = Number(name, rest) } },
        "--minimal-token" => this with { Server = Server with { MinimalTokenAnswer = true } },
        "--pascal-case" => this with { Server = Server with { PascalCaseApi = true } },
        "--token-lifetime" => this with { Server = Server with { TokenLifetime = TimeSpan.FromSeconds(Number(name, rest)) } },
        "--token-rate" => this with { Server = Server with { TokenRequestsPerMinute = Number(name, rest) } },
        "--server-version" => this with { Server = Server with { ServerVersion = VersionOf(name, rest) } },
        "--feature" => this with { Server = Server with { FeatureStates = WithFeature(Value(name, rest)) } },
        "--info-file" => this with { InfoFile = Value(name, rest) },
        "--stop-on-stdin-close" => this with { StopOnStdinClose = true },
        _ => throw new ArgumentException($"Unknown argument {name}."),
    };

    private Dictionary<string, bool> WithFeature(string text)
    {
        string[] parts = text.Split('=');
        return parts.Length == 2 && bool.TryParse(parts[1], out bool state)
            ? new Dictionary<string, bool>(Server.FeatureStates) { [parts[0]] = state }
            : throw new ArgumentException("--feature needs NAME=true or NAME=false.");
    }

    private static string Value(string name, Queue<string> rest) =>
        rest.TryDequeue(out string? value) ? value : throw new ArgumentException($"{name} needs a value.");

    private static Version VersionOf(string name, Queue<string> rest) =>
        Version.TryParse(Value(name, rest), out Version? version) ? version : throw new ArgumentException($"{name} needs a version.");

    private static int Number(string name, Queue<string> rest) =>
        int.TryParse(Value(name, rest), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ArgumentException($"{name} needs a number.");
}
