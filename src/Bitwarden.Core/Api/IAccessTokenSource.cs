namespace Bitwarden.Core.Api;

/// <summary>Where requests get their access token.</summary>
internal interface IAccessTokenSource
{
    /// <summary>Gives a token that stays valid for a while, and renews it first if needed.</summary>
    /// <param name="rejected">A token that the server has just refused, so that it is not given again; null for none.</param>
    /// <param name="cancellationToken">Ends the caller's wait.</param>
    /// <exception cref="Errors.BitwardenException">SessionExpired, or why there is no token.</exception>
    Task<string> GetAsync(string? rejected, CancellationToken cancellationToken);

    /// <summary>Told that the server itself refused a token although it had just been renewed; gives the failure that ends the session.</summary>
    /// <param name="host">Who refused.</param>
    Errors.BitwardenException Refuse(string host);
}
