using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Refuses null, an empty text and white space: what was given and is empty, such as a variable that nobody set, is never taken for "not given".
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotBlankAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        object? value = element is PSObject wrapped ? wrapped.BaseObject : element;
        if (value is null || string.IsNullOrWhiteSpace((value as Uri)?.OriginalString ?? value.ToString()))
        {
            throw new ValidationMetadataException("The value is empty. Leave the parameter out, or give a value.");
        }
    }
}
