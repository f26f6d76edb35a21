namespace Bitwarden.Core.Vault;

/// <summary>What items lie in: a folder, a collection or an organization.</summary>
public interface IVaultPlace
{
    /// <summary>Its id.</summary>
    Guid Id { get; }

    /// <summary>Its name, not unique; null when it cannot be decrypted.</summary>
    string? Name { get; }
}
