using System.Globalization;
using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions.Unlocking;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// One login with e-mail and master password (protocol 3.3 to 3.8). <see cref="SubmitAsync"/> fails with what the server wants next; the caller
/// sets the matching property and submits again. The key is derived once. Dispose it, also after success.
/// </summary>
public sealed class PasswordLogin : IDisposable
{
    private readonly string _email;
    private readonly MasterKeySource _keys;
    private readonly UnlockMaterial _prelogin;
    private AnonymousApiClient? _client;
    private string? _emailSessionToken;
    private SecretBytes? _remembered;
    private bool _isChallenged;

    private PasswordLogin(string email, MasterKeySource keys, UnlockMaterial prelogin, AnonymousApiClient client)
    {
        _email = email;
        _keys = keys;
        _prelogin = prelogin;
        _client = client;
    }

    /// <summary>The second step, after TwoFactorRequired.</summary>
    public TwoFactorAnswer? TwoFactor { get; set; }

    /// <summary>The mailed code, after NewDeviceVerification.</summary>
    public string? NewDeviceCode { get; set; }

    /// <summary>
    /// The answer to a demand for additional authentication, after AdditionalAuthenticationRequired: the client secret of the account's personal API key.
    /// Sent with every later step of this login, never before the demand; stays the caller's.
    /// </summary>
    public SecretBytes? ChallengeAnswer { get; set; }

    /// <summary>The e-mail, trimmed and in lower case.</summary>
    public string Email => _email;

    /// <summary>Asks for the KDF of an account, checks it and derives the key.</summary>
    /// <param name="email">The account's e-mail.</param>
    /// <param name="masterPassword">In UTF-8; stays the caller's.</param>
    /// <param name="server">The server.</param>
    /// <param name="options">How to reach it.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="KdfException">The server asks for a KDF outside the limits, or weaker than before; nothing was derived or sent.</exception>
    /// <exception cref="ServerException">The server could not be reached or did not answer as it should.</exception>
    public static Task<PasswordLogin> BeginAsync(
        string email, SecretBytes masterPassword, ServerEnvironment server, ConnectionOptions options, CancellationToken cancellationToken = default) =>
        BeginAsync(email, masterPassword, server, options, new UnlockOptions(), cancellationToken);

    /// <inheritdoc cref="BeginAsync(string, SecretBytes, ServerEnvironment, ConnectionOptions, CancellationToken)"/>
    /// <param name="email">The account's e-mail.</param>
    /// <param name="masterPassword">In UTF-8; stays the caller's.</param>
    /// <param name="server">The server.</param>
    /// <param name="options">How to reach it.</param>
    /// <param name="use">How the password may be used.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public static async Task<PasswordLogin> BeginAsync(
        string email,
        SecretBytes masterPassword,
        ServerEnvironment server,
        ConnectionOptions options,
        UnlockOptions use,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(email);
        ArgumentNullException.ThrowIfNull(masterPassword);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(use);
        string address = email.Trim().ToLowerInvariant();
        AnonymousApiClient client = AnonymousApiClient.Create(
            server, DeviceIdentity.Create(options.DeviceIdentifier, server, address), options);
        KdfGuard guard = new(SessionStore.KdfHistory, address, server.Name, use.AllowWeakerKdf);
        MasterKeySource keys = new(masterPassword, guard);
        try
        {
            PreloginResponse answer = await client.PreloginAsync(address, cancellationToken).ConfigureAwait(false);
            UnlockMaterial prelogin = UnlockMaterial.FromPrelogin(answer, address);
            guard.EnsureKnownSalt(prelogin.Salt);
            await keys.DeriveAsync(prelogin.Kdf, prelogin.Salt, cancellationToken).ConfigureAwait(false);
            return new PasswordLogin(address, keys, prelogin, client);
        }
        catch
        {
            keys.Dispose();
            client.Dispose();
            throw;
        }
    }

    /// <summary>Takes the second step from a session of the same account that asked to be remembered. Ignored when a code was given.</summary>
    /// <param name="sessions">Where to look.</param>
    public void UseRememberedDevice(IEnumerable<BitwardenSession> sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        Forget();
        _remembered = sessions
            .Where(session => session.Account == _email && session.Server == Client.Server && session.State != BitwardenSessionState.Disconnected)
            .Select(session => session.RememberToken?.Copy())
            .FirstOrDefault(token => token is not null);
    }

    /// <summary>Sends the login with all answers so far.</summary>
    /// <param name="session">How the session will behave.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>The session, unlocked.</returns>
    /// <exception cref="TwoFactorRequiredException">TwoFactorRequired, or TwoFactorUnsupported.</exception>
    /// <exception cref="AuthenticationFailedException">
    /// InvalidMasterPassword, TwoFactorCodeRejected, NewDeviceVerification, NewDeviceCodeRejected, AdditionalAuthenticationRequired, ChallengeRejected,
    /// SsoRequired, LegacyAccount, ClientVersionRejected or AuthenticationFailed.
    /// </exception>
    public async Task<BitwardenSession> SubmitAsync(SessionOptions session, CancellationToken cancellationToken = default)
    {
        AnonymousApiClient client = Client;
        using SecretBytes hash = await HashAsync(cancellationToken).ConfigureAwait(false);
        using FormBody form = CreateForm(client, hash);
        try
        {
            TokenResponse answer = await client.RequestTokenAsync(form, TokenErrors.FromPassword(_email), _email, cancellationToken).ConfigureAwait(false);
            return await OpenAsync(client, answer, session, cancellationToken).ConfigureAwait(false);
        }
        catch (TwoFactorRequiredException e)
        {
            // A remembered device that has expired is asked like any other.
            Forget();
            _emailSessionToken = e.EmailSessionToken;
            throw;
        }
        catch (AuthenticationFailedException e) when (e.Code == ErrorCodes.AdditionalAuthenticationRequired)
        {
            _isChallenged = true;
            throw;
        }
    }

    /// <summary>Has the server send a two-step code by e-mail; the server allows ten in ten minutes.</summary>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="ServerException">The server did not send it.</exception>
    public async Task SendEmailCodeAsync(CancellationToken cancellationToken = default)
    {
        using SecretBytes hash = await HashAsync(cancellationToken).ConfigureAwait(false);
        EmailCodeRequest request = new(_email, hash, Client.Device.Identifier, _emailSessionToken);
        await Client.SendEmailCodeAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the server send the new-device code again.</summary>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="ServerException">The server did not take the request.</exception>
    public async Task ResendNewDeviceCodeAsync(CancellationToken cancellationToken = default)
    {
        using SecretBytes hash = await HashAsync(cancellationToken).ConfigureAwait(false);
        await Client.ResendNewDeviceCodeAsync(new NewDeviceCodeRequest(_email, hash), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Zeroes the password and the key; ends the login unless it has succeeded.</summary>
    public void Dispose()
    {
        _client?.Dispose();
        _keys.Dispose();
        Forget();
    }

    private AnonymousApiClient Client => _client ?? throw new ObjectDisposedException(nameof(PasswordLogin));

    private Task<SecretBytes> HashAsync(CancellationToken cancellationToken) => _keys.DeriveServerHashAsync(_prelogin.Kdf, _prelogin.Salt, cancellationToken);

    private FormBody CreateForm(AnonymousApiClient client, SecretBytes hash)
    {
        FormBody form = client.Device.AddTo(new FormBody().Add("scope", "api offline_access").Add("client_id", DeviceIdentity.ClientName));
        AddSecondStep(form);

        if (NewDeviceCode is not null)
        {
            form.Add("newDeviceOtp", NewDeviceCode.Trim());
        }

        if (_isChallenged && ChallengeAnswer is not null)
        {
            form.Add("captchaResponse", ChallengeAnswer);
        }

        return form.Add("grant_type", "password").Add("username", _email).Add("password", hash);
    }

    private void AddSecondStep(FormBody form)
    {
        if (TwoFactor is TwoFactorAnswer second)
        {
            form.Add("twoFactorToken", string.Concat(second.Code.Where(c => !char.IsWhiteSpace(c))));
            AddMethod(form, second.Method, second.Remember);
        }
        else if (_remembered is SecretBytes token)
        {
            form.Add("twoFactorToken", token);
            AddMethod(form, TwoFactorMethod.Remember, remember: false);
        }
    }

    private static void AddMethod(FormBody form, TwoFactorMethod method, bool remember) => form
        .Add("twoFactorProvider", ((int)method).ToString(CultureInfo.InvariantCulture))
        .Add("twoFactorRemember", remember ? "1" : "0");

    private void Forget()
    {
        _remembered?.Dispose();
        _remembered = null;
    }

    // From here on the session owns the client.
    private async Task<BitwardenSession> OpenAsync(
        AnonymousApiClient client, TokenResponse login, SessionOptions options, CancellationToken cancellationToken)
    {
        _client = null;
        AccountConnection account = AccountConnection.FromTokens(new RefreshTokenGrant(), login, _email, clientId: null, client);
        BitwardenSession session = new(account, client.Options.TimeProvider, options) { RememberToken = login.TwoFactorToken ?? _remembered?.Copy() };
        try
        {
            await session.UnlockAsync(_keys, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
