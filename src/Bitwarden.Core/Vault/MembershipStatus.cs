namespace Bitwarden.Core.Vault;

/// <summary>How far a membership in an organization has come, as numbered on the wire.</summary>
public enum MembershipStatus
{
    /// <summary>Taken away.</summary>
    Revoked = -1,

    /// <summary>Offered.</summary>
    Invited = 0,

    /// <summary>Accepted by the user, but not confirmed.</summary>
    Accepted = 1,

    /// <summary>Complete.</summary>
    Confirmed = 2,
}
