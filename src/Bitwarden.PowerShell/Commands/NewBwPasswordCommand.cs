using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Generators;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Makes up passwords.</summary>
[Cmdlet(VerbsCommon.New, "BwPassword")]
[OutputType(typeof(SecureString), typeof(string))]
public sealed class NewBwPasswordCommand : GeneratorCmdlet
{
    /// <summary>How many characters.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateRange(PasswordOptions.MinLength, PasswordOptions.MaxLength)]
    public int Length { get; set; } = PasswordOptions.DefaultLength;

    /// <summary>Capital letters; on unless switched off.</summary>
    [Parameter]
    public SwitchParameter Uppercase { get; set; } = true;

    /// <summary>Small letters; on unless switched off.</summary>
    [Parameter]
    public SwitchParameter Lowercase { get; set; } = true;

    /// <summary>Digits; on unless switched off.</summary>
    [Parameter]
    public SwitchParameter Digits { get; set; } = true;

    /// <summary>Special characters; off unless switched on.</summary>
    [Parameter]
    public SwitchParameter Special { get; set; }

    /// <summary>The fewest digits.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateRange(1, PasswordOptions.MaxMinimum)]
    public int MinimumDigits { get; set; } = 1;

    /// <summary>The fewest special characters; with it there are some.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateRange(1, PasswordOptions.MaxMinimum)]
    public int MinimumSpecial { get; set; } = 1;

    /// <summary>Leaves out what is easily taken for something else.</summary>
    [Parameter]
    public SwitchParameter AvoidAmbiguous { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        PasswordOptions wish = new()
        {
            Length = Length,
            Uppercase = Uppercase,
            Lowercase = Lowercase,
            Digits = IsOn(nameof(Digits), nameof(MinimumDigits)) ?? true,
            Special = IsOn(nameof(Special), nameof(MinimumSpecial)) ?? false,
            MinimumDigits = MinimumDigits,
            MinimumSpecial = MinimumSpecial,
            AvoidAmbiguous = AvoidAmbiguous,
        };
        PasswordOptions options = Strict(wish, Rules(GeneratorKind.Password).Apply(wish));
        WriteSecrets(() => PasswordGenerator.Generate(options));
    }

    // A minimum switches its kind on, unless that is switched off in so many words.
    private bool? IsOn(string kind, string minimum) => IsSwitchedOn(kind) ?? (MyInvocation.BoundParameters.ContainsKey(minimum) ? true : null);
}
