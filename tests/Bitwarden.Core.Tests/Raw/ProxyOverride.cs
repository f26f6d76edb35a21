using System.Net;

namespace Bitwarden.Core.Tests.Raw;

/// <summary>Puts a proxy before one host and port, for as long as it lives; whatever else runs at the same time is not concerned.</summary>
internal sealed class ProxyOverride : IWebProxy, IDisposable
{
    private readonly IWebProxy _before = HttpClient.DefaultProxy;
    private readonly Uri _proxy;
    private readonly string _target;

    internal ProxyOverride(Uri proxy, Uri target)
    {
        _proxy = proxy;
        _target = target.Authority;
        HttpClient.DefaultProxy = this;
    }

    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => _proxy;

    public bool IsBypassed(Uri host) => host.Authority != _target;

    public void Dispose() => HttpClient.DefaultProxy = _before;
}
