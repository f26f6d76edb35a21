namespace Bitwarden.TestServer.Identity;

/// <summary>A token that the server handed out.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Access">What for.</param>
/// <param name="Expires">The end of its life.</param>
/// <param name="SecurityStamp">The account's stamp at that time; only refresh tokens end with it.</param>
internal sealed record IssuedToken(TestAccount Account, GrantedAccess Access, DateTimeOffset Expires, string SecurityStamp);
