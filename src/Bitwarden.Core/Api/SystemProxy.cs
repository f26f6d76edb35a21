namespace Bitwarden.Core.Api;

/// <summary>The proxy that the operating system or the environment names for a target. This machine itself is never reached through one.</summary>
internal static class SystemProxy
{
    /// <summary>The proxy for a target; null for a direct connection.</summary>
    internal static Uri? Of(Uri target) =>
        ServerEnvironment.IsLoopback(target) || HttpClient.DefaultProxy.IsBypassed(target)
        || HttpClient.DefaultProxy.GetProxy(target) is not Uri proxy || proxy == target
            ? null
            : proxy;

    /// <summary>The address without user and password.</summary>
    internal static string Describe(Uri? proxy) => proxy is null ? "that is configured" : $"{proxy.Scheme}://{proxy.Authority}";
}
