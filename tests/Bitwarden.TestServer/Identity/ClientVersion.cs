namespace Bitwarden.TestServer.Identity;

/// <summary>The header Bitwarden-Client-Version: a .NET version of 2 to 4 numbers; anything else counts as missing.</summary>
internal static class ClientVersion
{
    internal const string Header = "Bitwarden-Client-Version";

    internal static Version? Of(HttpRequest request) =>
        Version.TryParse(request.Headers[Header].ToString(), out Version? version) ? version : null;
}
