namespace Bitwarden.Core.Api;

/// <summary>Where requests get their access token.</summary>
internal interface IAccessTokenSource
{
    /// <summary>Gives a token that is good for a while, renewing it first if it is not.</summary>
    /// <param name="rejected">A token that the server has just refused, so that it is not given again; null for none.</param>
    /// <param name="cancellationToken">Ends the caller's wait.</param>
    /// <exception cref="Errors.BitwardenException">SessionExpired, or why no token could be had.</exception>
    Task<string> GetAsync(string? rejected, CancellationToken cancellationToken);

    /// <summary>Told that a token was refused although it had just been renewed; gives the failure that ends the session.</summary>
    /// <param name="host">Who refused.</param>
    Errors.BitwardenException Refuse(string host);
}
