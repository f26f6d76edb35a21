using System.Net;
using System.Net.Http.Headers;

namespace Bitwarden.Core.Api;

/// <summary>
/// Puts the access token on requests and notes the server's time; a 401 leads to one renewal and one retry. What a second one means is the call's to say.
/// </summary>
internal sealed class AuthorizationHandler : DelegatingHandler
{
    /// <summary>Marks a request to a service that is not the server's own: its 401 says nothing about the token.</summary>
    internal static readonly HttpRequestOptionsKey<bool> IsForeign = new("Bitwarden.IsForeign");

    private readonly IAccessTokenSource _tokens;
    private readonly ServerTime _clock;

    internal AuthorizationHandler(HttpMessageHandler inner, IAccessTokenSource tokens, ServerTime clock)
        : base(inner)
    {
        _tokens = tokens;
        _clock = clock;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string token = await _tokens.GetAsync(rejected: null, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = await SendWithAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !CanBeOurs(request, response))
        {
            return response;
        }

        response.Dispose();
        token = await _tokens.GetAsync(rejected: token, cancellationToken).ConfigureAwait(false);
        return await SendWithAsync(request, token, cancellationToken).ConfigureAwait(false);
    }

    // A proxy's page is worth no login.
    private static bool CanBeOurs(HttpRequestMessage request, HttpResponseMessage response) =>
        !(request.Options.TryGetValue(IsForeign, out bool foreign) && foreign) && !ServerAnswer.IsWebPageType(response.Content);

    private async Task<HttpResponseMessage> SendWithAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        _clock.Note(response);
        return response;
    }
}
