using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Login;

/// <summary>
/// The state of a server's demand for additional authentication (protocol 3.8): servers of 2021-09 to 2025-05 put a captcha on password
/// logins, which a command-line client answers with the client secret of the personal API key. API-key logins never meet it.
/// Holds where an answer would come from, never the answer.
/// </summary>
public sealed record ApiKeyChallenge
{
    /// <summary>The server; null without a session.</summary>
    public string? Server { get; init; }

    /// <summary>The account; null without a session.</summary>
    public string? Account { get; init; }

    /// <summary>Whether the server has demanded additional authentication and has not received it yet.</summary>
    public bool IsPending { get; init; }

    /// <summary>When it was demanded; null when it was not.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Where the answer will come from.</summary>
    public ChallengeAnswerSource AnswerSource { get; init; }

    /// <summary>Whether BW_CLIENTSECRET is set and not empty.</summary>
    public bool ClientSecretIsSet { get; init; }

    /// <summary>Names of variables that are set and look like a misspelt BW_CLIENTID or BW_CLIENTSECRET.</summary>
    public IReadOnlyList<string> LookAlikeVariables { get; init; } = [];

    /// <summary>Describes the state for a login that waits, for a session, or for neither.</summary>
    /// <param name="pending">A demand during a login; null for none.</param>
    /// <param name="session">The session; null for none.</param>
    /// <param name="isGiven">Whether the caller was given a client secret.</param>
    /// <param name="canPrompt">Whether somebody can be asked.</param>
    internal static ApiKeyChallenge Describe(PendingChallenge? pending, BitwardenSession? session, bool isGiven, bool canPrompt)
    {
        bool isSet = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(EnvironmentCredentials.ClientSecretVariable));
        return new ApiKeyChallenge
        {
            Server = pending?.Server ?? session?.Server.Name,
            Account = pending?.Account ?? session?.Account,
            IsPending = (pending?.Since ?? session?.ChallengedAt) is not null,
            Since = pending?.Since ?? session?.ChallengedAt,
            AnswerSource = Source(isGiven, isSet, canPrompt),
            ClientSecretIsSet = isSet,
            LookAlikeVariables = new TextList<string>(EnvironmentCredentials.FindLookAlikes()),
        };
    }

    private static ChallengeAnswerSource Source(bool isGiven, bool isSet, bool canPrompt)
    {
        if (isGiven)
        {
            return ChallengeAnswerSource.Parameter;
        }

        return isSet ? ChallengeAnswerSource.Environment : canPrompt ? ChallengeAnswerSource.Prompt : ChallengeAnswerSource.None;
    }
}
