using Bitwarden.TestServer.Identity;

namespace Bitwarden.TestServer.Api;

/// <summary>A request of a known account, with what endpoints need of it.</summary>
internal sealed record ApiCall(HttpContext Http, TestAccount Account, ServerContext Server)
{
    /// <summary>Reads a GUID of the path; a text that is not a GUID stands for no item.</summary>
    internal Guid Id(string name = "id") =>
        Guid.TryParse(Http.Request.RouteValues[name] as string, out Guid id) ? id : throw ApiException.NotFound();

    internal DateTime Now => Server.Clock.UtcNow;

    internal string Text(string name) => Http.Request.RouteValues[name] as string ?? "";

    internal Task<T> ReadAsync<T>() => ApiJson.ReadAsync<T>(Http);

    internal bool ClientIsAtLeast(Version version) => ClientVersion.Of(Http.Request) is Version announced && announced >= version;

    internal string BaseUrl => $"{Http.Request.Scheme}://{Http.Request.Host}";
}
