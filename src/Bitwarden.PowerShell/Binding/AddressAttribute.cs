using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Reads an address without repeating it when it is none: PowerShell's own message quotes the text, which may be long or hold a password. Empty text is left
/// for whoever checks the parameter, and is an address of nothing until then.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or Uri)
        {
            return value!;
        }

        return Uri.TryCreate($"{value}".Trim(), UriKind.RelativeOrAbsolute, out Uri? address)
            ? address
            : throw new ArgumentTransformationMetadataException("The text is not an address. Give one such as https://vault.example.org.");
    }
}
