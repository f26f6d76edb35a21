namespace Bitwarden.Core.Tests.Api;

/// <summary>Sends the requests to one path somewhere else, as a broken network would.</summary>
internal sealed class ReroutingHandler : DelegatingHandler
{
    internal ReroutingHandler()
        : base(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
    }

    internal string? Path { get; set; }

    internal Uri? Target { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Path is not null && request.RequestUri!.AbsolutePath.StartsWith(Path, StringComparison.Ordinal))
        {
            request.RequestUri = new Uri(Target!, request.RequestUri.PathAndQuery);
        }

        return base.SendAsync(request, cancellationToken);
    }

#pragma warning disable CA2215 // Several sessions share it, and each disposes it.
    protected override void Dispose(bool disposing)
    {
    }
#pragma warning restore CA2215
}
