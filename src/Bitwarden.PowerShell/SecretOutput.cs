using System.Management.Automation;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell;

/// <summary>The only place where a decrypted secret becomes what PowerShell gets, from Get-BwSecret and from SecretManagement.</summary>
public static class SecretOutput
{
    /// <summary>Makes an object of its own for each call: who gets it may dispose or change it.</summary>
    /// <param name="secret">The secret, which the caller still disposes.</param>
    /// <param name="item">The item that it is from; without a user name, a credential has the item's name.</param>
    /// <param name="form">The form in which text is wanted.</param>
    public static object From(DecryptedSecret secret, VaultItem item, SecretForm form)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(item);
        return form switch
        {
            _ when secret.IsFile => secret.Value.Span.ToArray(),
            SecretForm.Credential => new PSCredential(item.Username ?? item.UniqueName, secret.Value.ToSecureString()),
            SecretForm.PlainText => secret.Value.RevealText(),
            _ => secret.Value.ToSecureString(),
        };
    }
}
