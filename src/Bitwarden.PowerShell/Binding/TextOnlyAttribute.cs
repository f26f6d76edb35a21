using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Refuses what is no text, such as a file, whose name would be taken for it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextOnlyAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is null or string
            ? inputData
            : throw new ArgumentTransformationMetadataException("A text is needed. Give a file as -Path.");
}
