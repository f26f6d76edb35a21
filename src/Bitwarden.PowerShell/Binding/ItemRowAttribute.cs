using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Takes rows of a table, and leaves sessions and items to the parameters that take those.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ItemRowAttribute : ArgumentTransformationAttribute
{
    private const string NotARow = "An object with properties is needed, such as a row of Import-Csv. Copy-BwItem copies items.";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            // With this inner exception the pipeline goes on to the parameters that take a session.
            BitwardenSession => throw new ArgumentTransformationMetadataException(NotARow, new PSInvalidCastException(NotARow)),
            null or VaultItem or string or ValueType => throw new ArgumentTransformationMetadataException(NotARow),
            _ => inputData,
        };
}
