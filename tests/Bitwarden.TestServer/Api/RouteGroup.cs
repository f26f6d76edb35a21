namespace Bitwarden.TestServer.Api;

/// <summary>Routes under one prefix. A request for which <paramref name="admit"/> makes no call has been answered by it.</summary>
internal sealed class RouteGroup<TCall>(IEndpointRouteBuilder endpoints, string prefix, Func<HttpContext, TCall?> admit)
    where TCall : Call
{
    internal RouteGroup<TCall> Get(string pattern, Func<TCall, object?> handler) => Get(pattern, Finished(handler));

    internal RouteGroup<TCall> Get(string pattern, Func<TCall, Task<object?>> handler) => Map(HttpMethods.Get, pattern, handler);

    internal RouteGroup<TCall> Post(string pattern, Func<TCall, object?> handler) => Post(pattern, Finished(handler));

    internal RouteGroup<TCall> Post(string pattern, Func<TCall, Task<object?>> handler) => Map(HttpMethods.Post, pattern, handler);

    /// <summary>A handler that wants the body.</summary>
    internal RouteGroup<TCall> Post<TBody>(string pattern, Func<TCall, TBody, object?> handler) =>
        Post(pattern, async call => handler(call, await call.ReadAsync<TBody>()));

    internal RouteGroup<TCall> Put(string pattern, Func<TCall, object?> handler) => Put(pattern, Finished(handler));

    internal RouteGroup<TCall> Put(string pattern, Func<TCall, Task<object?>> handler) => Map(HttpMethods.Put, pattern, handler);

    internal RouteGroup<TCall> Delete(string pattern, Func<TCall, object?> handler) => Delete(pattern, Finished(handler));

    internal RouteGroup<TCall> Delete(string pattern, Func<TCall, Task<object?>> handler) => Map(HttpMethods.Delete, pattern, handler);

    /// <summary>A handler that looks at the method itself.</summary>
    internal RouteGroup<TCall> Any(string pattern, Func<TCall, Task<object?>> handler)
    {
        endpoints.Map(prefix + pattern, (RequestDelegate)(context => HandleAsync(context, handler)));
        return this;
    }

    private RouteGroup<TCall> Map(string method, string pattern, Func<TCall, Task<object?>> handler)
    {
        endpoints.MapMethods(prefix + pattern, [method], (RequestDelegate)(context => HandleAsync(context, handler)));
        return this;
    }

    private static Func<TCall, Task<object?>> Finished(Func<TCall, object?> handler) => call => Task.FromResult(handler(call));

    private async Task HandleAsync(HttpContext context, Func<TCall, Task<object?>> handler)
    {
        if (admit(context) is TCall call && await handler(call) is object answer)
        {
            await call.WriteAsync(answer);
        }
    }
}
