using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;
using Bitwarden.PowerShell.Injection;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets the values of references, in their order: all of them, or none.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "BwReference")]
[OutputType(typeof(SecureString), typeof(string), typeof(byte[]))]
public sealed class ResolveBwReferenceCommand : ReferenceCmdlet
{
    private readonly List<WantedValue> _wanted = [];

    /// <summary>References: bw://Folder/name#selector. Names are none.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SecretNameCompleter))]
    [NotBlank]
    public string[]? Reference { get; set; }

    /// <summary>Writes text instead of SecureStrings.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string text in Reference!)
        {
            // What is no reference may be a value that somebody mistook for one, and is not repeated.
            string place = ReferenceUri.IsOne(text) ? text.Shown() : $"Reference {_wanted.Count + 1}";
            _wanted.Add(new WantedValue(place, text, AsPlainText));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() =>
    {
        using ReadValues values = ReadAll(_wanted);
        SecretForm form = AsPlainText ? SecretForm.PlainText : SecretForm.SecureString;
        foreach (WantedValue one in _wanted)
        {
            WriteObject(SecretOutput.From(values[one.Reference], values.ItemOf(one.Reference), form), enumerateCollection: false);
        }
    });
}
