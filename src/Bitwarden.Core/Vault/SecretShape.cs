namespace Bitwarden.Core.Vault;

/// <summary>What an item is to somebody who wants one secret of it.</summary>
public enum SecretShape
{
    /// <summary>All its values by name.</summary>
    Table,

    /// <summary>The value of its default selector.</summary>
    Text,

    /// <summary>A user name with the value of its default selector.</summary>
    Credential,
}
