using System.Management.Automation;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>A user name with a password: a login.</summary>
internal sealed class StoredCredential : StoredSecret
{
    private static readonly ItemTypeInfo s_login = ItemTypes.Of(ItemType.Login);
    private readonly SecretBytes _username;
    private readonly SecretBytes? _password;

    internal StoredCredential(PSCredential credential)
    {
        if (string.IsNullOrWhiteSpace(credential.UserName))
        {
            throw StoringErrors.Empty("user name of the credential");
        }

        _username = StoredText.Bytes(credential.UserName, "user name");

        // There may be none (SecretManagement fact W2).
        _password = credential.Password is null ? null : StoredText.Bytes(credential.Password, "password");
    }

    /// <inheritdoc/>
    internal override ItemType NewType => ItemType.Login;

    /// <inheritdoc/>
    internal override void Fill(ItemEdit edit, VaultItem? item, SecretMarker marker)
    {
        if (item is not null && item.Type != ItemType.Login)
        {
            throw StoringErrors.Mismatch(item, $"is no login but a {item.Type}, and has no place for a credential");
        }

        StoringErrors.EnsureFits(_username.Length, s_login.Member("username")!.LongestText, "user name");
        StoringErrors.EnsureFits(_password?.Length ?? 0, s_login.Member("password")!.LongestText, "password");
        edit.Set("username", _username);
        edit.Set("password", _password);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _username.Dispose();
        _password?.Dispose();
    }
}
