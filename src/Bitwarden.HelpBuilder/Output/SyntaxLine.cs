using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder.Output;

/// <summary>How a cmdlet is called in one parameter set, as Get-Command -Syntax prints it, in lines that fit a page.</summary>
internal static class SyntaxLine
{
    private const int Width = 110;

    internal static IReadOnlyList<string> Wrap(CmdletShape cmdlet, string set)
    {
        List<string> lines = [cmdlet.Name];
        foreach (string word in cmdlet.In(set).Select(parameter => Word(parameter, parameter.BindingIn(set)!)).Append("[<CommonParameters>]"))
        {
            if (lines[^1].Length + 1 + word.Length > Width)
            {
                lines.Add("");
            }

            lines[^1] += " " + word;
        }

        return lines;
    }

    private static string Word(ParameterShape parameter, ParameterBinding binding)
    {
        string name = binding.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        string word = parameter.IsSwitch ? name : $"{name} <{parameter.TypeName}>";
        return binding.IsMandatory ? word : $"[{word}]";
    }
}
