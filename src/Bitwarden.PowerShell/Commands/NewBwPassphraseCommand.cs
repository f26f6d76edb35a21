using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Generators;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Makes up passphrases.</summary>
[Cmdlet(VerbsCommon.New, "BwPassphrase")]
[OutputType(typeof(SecureString), typeof(string))]
public sealed class NewBwPassphraseCommand : GeneratorCmdlet
{
    /// <summary>How many words.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateRange(PassphraseOptions.MinWords, PassphraseOptions.MaxWords)]
    public int Words { get; set; } = PassphraseOptions.DefaultWords;

    /// <summary>What stands between the words: one character, space or empty.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Separator]
    public string Separator { get; set; } = "-";

    /// <summary>Begins each word with a capital letter.</summary>
    [Parameter]
    public SwitchParameter Capitalize { get; set; }

    /// <summary>Puts a digit behind one of the words.</summary>
    [Parameter]
    public SwitchParameter IncludeNumber { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        PassphraseOptions wish = new()
        {
            Words = Words,
            Separator = SeparatorAttribute.Characters(Separator),
            Capitalize = Capitalize,
            IncludeNumber = IncludeNumber,
        };
        PassphraseOptions options = Strict(wish, Rules(GeneratorKind.Passphrase).Apply(wish));
        WriteSecrets(() => PassphraseGenerator.Generate(options));
    }
}
