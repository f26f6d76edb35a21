using System.Net;
using System.Net.Http.Headers;

namespace Bitwarden.Core.Api;

/// <summary>Puts the access token on requests; a 401 leads to one renewal and one retry.</summary>
internal sealed class AuthorizationHandler : DelegatingHandler
{
    private readonly IAccessTokenSource _tokens;

    internal AuthorizationHandler(HttpMessageHandler inner, IAccessTokenSource tokens)
        : base(inner)
    {
        _tokens = tokens;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string token = await _tokens.GetAsync(rejected: null, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = await SendWithAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        response.Dispose();
        token = await _tokens.GetAsync(rejected: token, cancellationToken).ConfigureAwait(false);
        response = await SendWithAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        response.Dispose();
        throw _tokens.Refuse(request.RequestUri!.Authority);
    }

    private Task<HttpResponseMessage> SendWithAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }
}
