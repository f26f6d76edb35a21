namespace Bitwarden.TestServer.Api;

/// <summary>A request of the account whose token it bears.</summary>
internal sealed record ApiCall(HttpContext Http, TestAccount Account, ServerContext Server) : Call(Http, Server);
