using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Lets objects that come down the pipeline, such as the rows of Import-Csv, name an item by their property Id or else Name. Not by
/// ValueFromPipelineByPropertyName, with which the name of an item that is itself in the pipeline would win over its id.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ItemNameAttribute : ArgumentTransformationAttribute
{
    private const string NotAName = "A session is not the name of an item. Give it as -Session.";

    /// <summary>Whether the parameter is a list.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether an item names itself, by its id; otherwise it is left for a parameter that takes items.</summary>
    public bool TakesItems { get; init; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            // With this inner exception the pipeline goes on to the parameters that take a session.
            BitwardenSession => throw new ArgumentTransformationMetadataException(NotAName, new PSInvalidCastException(NotAName)),
            IVaultPlace place => place.Id.ToString(),
            VaultItem item when TakesItems => item.Id.ToString(),
            PSCustomObject => NameOf((PSObject)inputData) ?? inputData,

            // As the list that the parameter is: what needs no conversion is bound before any parameter tries one.
            string name when IsList => new[] { name },
            _ => inputData,
        };

    private static string? NameOf(PSObject row) => TextOf(row, "Id") ?? TextOf(row, "Name");

    private static string? TextOf(PSObject row, string property) =>
        row.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
