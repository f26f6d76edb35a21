using Bitwarden.TestServer;

namespace Bitwarden.Interop.Tests;

/// <summary>What must be the same in a request of the official client and in ours: no version, and not who they are.</summary>
internal static class RequestDescription
{
    private const string DeviceField = "deviceIdentifier";

    internal static bool IsOfficial(LoggedRequest request) => request.Headers["User-Agent"].StartsWith("Bitwarden_CLI", StringComparison.Ordinal);

    /// <summary>The fields of a form with their values, but of the device identifier the name only.</summary>
    internal static IEnumerable<string> Form(LoggedRequest request) => request.Form
        .Select(field => field.Key == DeviceField ? field.Key : $"{field.Key}={field.Value}")
        .Order(StringComparer.Ordinal);

    /// <summary>The headers that no other protocol has, but of the client's version the name only.</summary>
    internal static IEnumerable<string> Headers(LoggedRequest request) => request.Headers
        .Select(header => (Name: header.Key.ToLowerInvariant(), header.Value))
        .Where(header => header.Name.StartsWith("bitwarden-", StringComparison.Ordinal) || header.Name == "device-type")
        .Select(header => header.Name == "bitwarden-client-version" ? header.Name : $"{header.Name}: {header.Value}")
        .Order(StringComparer.Ordinal);
}
