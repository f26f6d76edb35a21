using System.Net;
using System.Security.Cryptography;
using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>What a session asks of the account itself: its API key, its description, its Key Connector.</summary>
internal sealed class AccountRequests
{
    private readonly AccountClient _client;

    internal AccountRequests(AccountClient client)
    {
        _client = client;
    }

    /// <summary>Shows the API key, or makes a new one; the master password confirms it.</summary>
    internal async Task<PersonalApiKey> GetApiKeyAsync(bool rotate, MasterKeySource keys, CancellationToken cancellationToken)
    {
        VaultSnapshot snapshot = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        string hash = await HashAsync(snapshot, keys, cancellationToken).ConfigureAwait(false);
        ApiKeyResponse answer = await _client.Api.GetApiKeyAsync(rotate, hash, VerificationErrors, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(answer.ApiKey))
        {
            throw ServerException.Unexpected(_client.Server.Api.Authority, HttpStatusCode.OK, "no API key.");
        }

        SecretBytes secret = SecretBytes.FromCharacters(answer.ApiKey);
        if (rotate && _client.Grant is ApiKeyGrant grant)
        {
            grant.Replace(secret);
        }

        return new PersonalApiKey($"user.{snapshot.Profile.Id}", secret, answer.RevisionDate);
    }

    internal async Task<AccountInfo> DescribeAsync(CancellationToken cancellationToken)
    {
        VaultSnapshot snapshot = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        UnlockMaterial? material = _client.HasMasterPassword
            ? await _client.MaterialOfAsync(snapshot, cancellationToken).ConfigureAwait(false)
            : null;
        ProfileRecord profile = snapshot.Profile;
        return new AccountInfo
        {
            Email = profile.Email ?? _client.Account,
            Name = profile.Name,
            UserId = profile.Id,
            Server = _client.Server.Name,
            Kdf = material?.Kdf,
            TwoFactorEnabled = profile.TwoFactorEnabled,
            EmailVerified = profile.EmailVerified,
            Premium = profile.Premium,
            UsesKeyConnector = _client.UsesKeyConnector,
            Organizations = [.. (profile.Organizations ?? []).Select(organization => organization.Name).OfType<string>()],
            CreationDate = profile.CreationDate,
        };
    }

    /// <summary>The Key Connector that an organization of the account names; null for none.</summary>
    internal async Task<Uri?> FindKeyConnectorAsync(CancellationToken cancellationToken)
    {
        VaultSnapshot snapshot = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        string? url = (snapshot.Profile.Organizations ?? []).Select(organization => organization.KeyConnectorUrl).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        return Uri.TryCreate(url, UriKind.Absolute, out Uri? connector) ? connector : null;
    }

    /// <summary>Opens the user key with what a Key Connector answers in place of a master key (client protocol 1.12).</summary>
    internal async Task<KeyRing> UnlockWithConnectorAsync(Uri connector, CancellationToken cancellationToken)
    {
        if (!connector.IsAbsoluteUri)
        {
            throw InvalidInputException.Server("The address of a Key Connector must be a whole one, such as https://keys.example.org.");
        }

        if (connector.Scheme != Uri.UriSchemeHttps)
        {
            throw InvalidInputException.Server($"The Key Connector at {connector.Host} must be reached by https: it gets the access token and gives the key.");
        }

        VaultSnapshot snapshot = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        EncString wrapped = EncString.TryParse(_client.WrappedUserKey, out EncString? key)
            ? key
            : throw EncryptionException.KeyMissing($"the account {_client.Account}");
        KeyConnectorResponse answer = await _client.Api.GetKeyConnectorKeyAsync(connector, cancellationToken).ConfigureAwait(false);
        using MasterKey masterKey = ReadMasterKey(connector, answer);
        return snapshot.OpenKeys(masterKey.UnwrapUserKey(wrapped));
    }

    private static MasterKey ReadMasterKey(Uri connector, KeyConnectorResponse answer)
    {
        byte[] bytes = new byte[MasterKey.Length + 1];
        try
        {
            return Convert.TryFromBase64String(answer.Key ?? string.Empty, bytes, out int written) && written == MasterKey.Length
                ? MasterKey.FromBytes(bytes.AsSpan(0, written))
                : throw ServerException.Unexpected(connector.Authority, HttpStatusCode.OK, "no key of 32 bytes.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private async Task<VaultSnapshot> SnapshotAsync(CancellationToken cancellationToken) =>
        _client.Snapshot ?? await _client.FetchAsync(cancellationToken).ConfigureAwait(false);

    private async Task<string> HashAsync(VaultSnapshot snapshot, MasterKeySource keys, CancellationToken cancellationToken)
    {
        if (!_client.HasMasterPassword || await _client.MaterialOfAsync(snapshot, cancellationToken).ConfigureAwait(false) is not UnlockMaterial material)
        {
            throw AuthenticationFailedException.NoMasterPassword(_client.Account);
        }

        return await Task.Run(() => keys.DeriveServerHash(material.Kdf, material.Salt, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private AuthenticationFailedException? VerificationErrors(string host, HttpStatusCode status, TokenErrorResponse body) =>
        status == HttpStatusCode.BadRequest && body.ValidationErrors is { Count: > 0 }
            ? AuthenticationFailedException.VerificationFailed(_client.Account)
            : null;
}
