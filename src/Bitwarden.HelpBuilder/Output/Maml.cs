using System.Xml.Linq;

namespace Bitwarden.HelpBuilder.Output;

/// <summary>The names of MAML, the form of help files that every PowerShell reads.</summary>
internal static class Maml
{
    internal static readonly XNamespace Help = "http://msh";
    internal static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    internal static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    internal static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    internal static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(text => new XElement(Text + "para", text));

    internal static XElement Description(IEnumerable<string> paragraphs) => new(Text + "description", Paragraphs(paragraphs));
}
