using System.Management.Automation;
using Bitwarden.Core.Crypto;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Lets a secret be given as text where it comes from an environment variable and is text already.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecureTextTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not string text)
        {
            return value!;
        }

        using SecretBytes bytes = SecretBytes.FromCharacters(text);
        return bytes.ToSecureString();
    }
}
