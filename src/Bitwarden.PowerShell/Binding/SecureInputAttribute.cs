using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Refuses text where a SecureString is expected, without repeating it: PowerShell's own message about a failed conversion quotes the value, so that
/// <c>-MasterPassword $env:PASSWORD</c> would print the password.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecureInputAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the cmdlet itself says what is wrong with an empty secret, with an ErrorId of its own.</summary>
    public bool AllowsEmpty { get; init; }

    /// <summary>Whether an empty text is an empty secret. It holds none, so that nothing can be repeated.</summary>
    public bool TakesEmptyText { get; init; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null or SecureString { Length: > 0 } => value!,
            SecureString empty => AllowsEmpty ? empty : throw new ArgumentTransformationMetadataException(
                "The secret is empty. Leave the parameter out, or give a value."),
            "" when TakesEmptyText => new SecureString(),
            SealedSecret secret => secret.ToSecureString(),
            _ => throw new ArgumentTransformationMetadataException(
                "A SecureString is needed, for example from Read-Host -AsSecureString or ConvertTo-SecureString -AsPlainText."),
        };
    }
}
