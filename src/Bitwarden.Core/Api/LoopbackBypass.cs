namespace Bitwarden.Core.Api;

/// <summary>
/// Reaches this machine itself directly, everything else as the system says. .NET asks an environment's proxy for loopback too, and http, which is allowed
/// there only, would show it the credentials.
/// </summary>
internal sealed class LoopbackBypass : DelegatingHandler
{
    private readonly HttpMessageInvoker _direct;

    internal LoopbackBypass(HttpMessageHandler asTheSystemSays, HttpMessageHandler direct)
        : base(asTheSystemSays)
    {
        _direct = new HttpMessageInvoker(direct);
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        ServerEnvironment.IsLoopback(request.RequestUri!) ? _direct.SendAsync(request, cancellationToken) : base.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _direct.Dispose();
        }

        base.Dispose(disposing);
    }
}
