namespace Bitwarden.TestServer.Api;

/// <summary>A request, with what endpoints need of it.</summary>
internal abstract record Call(HttpContext Http, ServerContext Server)
{
    internal DateTime Now => Server.Clock.UtcNow;

    internal string BaseUrl => $"{Http.Request.Scheme}://{Http.Request.Host}";

    /// <summary>Reads a GUID of the path; what is not one names nothing.</summary>
    internal Guid Id(string name = "id") => Guid.TryParse(Text(name), out Guid id) ? id : throw ApiException.NotFound();

    internal string Text(string name) => Http.Request.RouteValues[name] as string ?? "";

    /// <summary>What the client announces; null for nothing.</summary>
    internal Version? ClientVersion => Identity.ClientVersion.Of(Http.Request);

    internal bool ClientIsAtLeast(Version version) => ClientVersion is Version announced && announced >= version;

    internal virtual Task<T> ReadAsync<T>() => ApiJson.ReadAsync<T>(Http);

    internal virtual Task WriteAsync(object answer) => Server.Json.WriteAsync(Http, answer);
}
