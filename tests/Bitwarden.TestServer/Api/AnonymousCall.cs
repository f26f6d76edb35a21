namespace Bitwarden.TestServer.Api;

/// <summary>A request that needs no token.</summary>
internal sealed record AnonymousCall(HttpContext Http, ServerContext Server) : Call(Http, Server);
