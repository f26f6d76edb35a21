using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Refuses what is too long to be one of a few words, before PowerShell's own error about it repeats all of it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WordAttribute : ArgumentTransformationAttribute
{
    private const int Longest = 100;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is string { Length: > Longest } ? throw new ArgumentTransformationMetadataException("The value is too long to be a word.") : inputData;
    }
}
