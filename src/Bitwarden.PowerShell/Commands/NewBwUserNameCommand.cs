using System.Management.Automation;
using Bitwarden.Core.Generators;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Makes up user names: a word, or an e-mail address. They are no secrets: Get-BwItem lists them.</summary>
[Cmdlet(VerbsCommon.New, "BwUserName", DefaultParameterSetName = WordSet)]
[OutputType(typeof(string))]
public sealed class NewBwUserNameCommand : BwCmdlet
{
    private const string WordSet = "Word";
    private const string PlusAddressSet = "PlusAddress";
    private const string CatchAllSet = "CatchAll";

    /// <summary>Begins the word with a capital letter.</summary>
    [Parameter(ParameterSetName = WordSet)]
    public SwitchParameter Capitalize { get; set; }

    /// <summary>Puts four digits behind the word.</summary>
    [Parameter(ParameterSetName = WordSet)]
    public SwitchParameter IncludeNumber { get; set; }

    /// <summary>The e-mail address at which mail is to arrive.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlusAddressSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? PlusAddress { get; set; }

    /// <summary>A domain that takes mail for every name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CatchAllSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? CatchAll { get; set; }

    /// <summary>How many to make.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateRange(1, 10_000)]
    public int Count { get; set; } = 1;

    /// <inheritdoc/>
    protected override void Process()
    {
        for (int i = 0; i < Count; i++)
        {
            WriteObject(Make());
        }
    }

    private string Make() => ParameterSetName switch
    {
        PlusAddressSet => UserNameGenerator.PlusAddress(PlusAddress!),
        CatchAllSet => UserNameGenerator.CatchAll(CatchAll!),
        _ => UserNameGenerator.Word(Capitalize, IncludeNumber),
    };
}
