using System.Text.Json;
using Bitwarden.TestServer.Api;

namespace Bitwarden.TestServer.Control;

/// <summary>A request of a test. Its JSON is never that of an old server, and has enums by name.</summary>
internal sealed record ControlCall(HttpContext Http, ServerContext Server) : Call(Http, Server)
{
    /// <summary>The account that the path names by its e-mail.</summary>
    internal TestAccount Account => Server.Accounts.Find(Text("email")) ?? throw ApiException.NotFound();

    internal override async Task<T> ReadAsync<T>() =>
        await JsonSerializer.DeserializeAsync<T>(Http.Request.Body, ControlEndpoints.Json) ?? throw ApiException.BadRequest("A body is required.");

    internal override Task WriteAsync(object answer)
    {
        Http.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(Http.Response.Body, answer, answer.GetType(), ControlEndpoints.Json);
    }
}
