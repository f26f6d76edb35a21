namespace Bitwarden.Core.Vault;

/// <summary>What a member of an organization is, as numbered on the wire.</summary>
public enum OrganizationRole
{
    /// <summary>An owner.</summary>
    Owner = 0,

    /// <summary>An administrator.</summary>
    Admin = 1,

    /// <summary>A user.</summary>
    User = 2,

    /// <summary>A manager, on old servers.</summary>
    Manager = 3,

    /// <summary>A role of the organization's own making.</summary>
    Custom = 4,
}
