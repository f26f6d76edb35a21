using System.Net;
using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions.Unlocking;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>What a session asks of the account itself: its API key, its description, which Key Connector it has.</summary>
internal sealed class AccountRequests
{
    // The official server's texts (protocol 3.10); compatible servers have the second.
    private static readonly string[] s_wrongPassword = ["User verification failed", "Invalid password"];
    private readonly AccountConnection _account;
    private readonly UnlockMaterial? _unlockedWith;

    internal AccountRequests(AccountConnection account, UnlockMaterial? unlockedWith)
    {
        _account = account;
        _unlockedWith = unlockedWith;
    }

    /// <summary>Shows the API key, or makes a new one; the master password confirms it.</summary>
    internal async Task<ApiKeyDetails> GetApiKeyAsync(bool rotate, MasterKeySource keys, CancellationToken cancellationToken)
    {
        VaultSnapshot snapshot = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        using SecretBytes hash = await HashAsync(snapshot, keys, cancellationToken).ConfigureAwait(false);
        ApiKeyResponse answer = rotate
            ? await _account.Tokens.WithoutRenewalsAsync(tokens => RotateAsync(tokens, hash, cancellationToken), cancellationToken).ConfigureAwait(false)
            : await AskAsync(_account.Api, rotate: false, hash, cancellationToken).ConfigureAwait(false);
        return new ApiKeyDetails($"user.{snapshot.Profile.Id}", answer.ApiKey!, answer.RevisionDate);
    }

    internal async Task<AccountInfo> DescribeAsync(CancellationToken cancellationToken)
    {
        VaultSnapshot snapshot = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        UnlockMaterial? material = _account.HasMasterPassword
            ? await _account.MaterialOfAsync(snapshot, cancellationToken).ConfigureAwait(false)
            : null;
        ProfileRecord profile = snapshot.Profile;
        return new AccountInfo
        {
            Email = profile.Email ?? _account.Account,
            Name = profile.Name,
            UserId = profile.Id,
            Server = _account.Server.Name,
            Kdf = material?.Kdf,
            TwoFactorEnabled = profile.TwoFactorEnabled,
            EmailVerified = profile.EmailVerified,
            Premium = profile.Premium,
            UsesKeyConnector = _account.UsesKeyConnector,
            Organizations = new TextList<string>((profile.Organizations ?? []).Select(organization => organization.Name).OfType<string>()),
            CreationDate = profile.CreationDate,
        };
    }

    /// <summary>The Key Connector that an organization of the account names; null for none.</summary>
    internal async Task<Uri?> FindKeyConnectorAsync(CancellationToken cancellationToken)
    {
        VaultSnapshot snapshot = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        string? url = (snapshot.Profile.Organizations ?? []).Select(organization => organization.KeyConnectorUrl)
            .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        return Uri.TryCreate(url, UriKind.Absolute, out Uri? connector) ? connector : null;
    }

    // The session goes on with the new key before anybody can ask for a token again.
    private async Task<ApiKeyResponse> RotateAsync(IAccessTokenSource tokens, SecretBytes hash, CancellationToken cancellationToken)
    {
        using AuthorizedApiClient api = new(_account.Anonymous, tokens);
        ApiKeyResponse answer = await AskAsync(api, rotate: true, hash, cancellationToken).ConfigureAwait(false);
        (_account.Tokens.Grant as ApiKeyGrant)?.Replace(answer.ApiKey!);
        return answer;
    }

    private async Task<ApiKeyResponse> AskAsync(AuthorizedApiClient api, bool rotate, SecretBytes hash, CancellationToken cancellationToken)
    {
        ApiKeyResponse answer = await api.GetApiKeyAsync(rotate, hash, VerificationErrors, cancellationToken).ConfigureAwait(false);
        return answer.ApiKey is { Length: > 0 }
            ? answer
            : throw ServerException.Unexpected(_account.Server.Api.Authority, HttpStatusCode.OK, "no API key.");
    }

    private async Task<VaultSnapshot> SnapshotAsync(CancellationToken cancellationToken) =>
        _account.Snapshot ?? await _account.FetchAsync(cancellationToken).ConfigureAwait(false);

    private async Task<SecretBytes> HashAsync(VaultSnapshot snapshot, MasterKeySource keys, CancellationToken cancellationToken)
    {
        UnlockMaterial material = await new PasswordProof(_account, _unlockedWith).FindAsync(snapshot, keys, cancellationToken).ConfigureAwait(false);
        return await keys.DeriveServerHashAsync(material.Kdf, material.Salt, cancellationToken).ConfigureAwait(false);
    }

    private AuthenticationFailedException? VerificationErrors(string host, HttpStatusCode status, TokenErrorResponse body) =>
        status == HttpStatusCode.BadRequest && body.HasValidationError(s_wrongPassword)
            ? AuthenticationFailedException.VerificationFailed(_account.Account)
            : null;
}
