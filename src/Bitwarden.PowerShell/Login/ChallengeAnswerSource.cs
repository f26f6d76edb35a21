namespace Bitwarden.PowerShell.Login;

/// <summary>Where the answer to an authentication challenge comes from.</summary>
public enum ChallengeAnswerSource : long
{
    /// <summary>There is none: nothing is set, and nobody can be asked.</summary>
    None,

    /// <summary>The client secret that was given to the command.</summary>
    Parameter,

    /// <summary>The environment variable BW_CLIENTSECRET.</summary>
    Environment,

    /// <summary>A masked prompt.</summary>
    Prompt,
}
