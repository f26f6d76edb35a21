using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Bitwarden.HelpBuilder.Output;

/// <summary>The help file of the module.</summary>
internal static class MamlFile
{
    private static readonly XmlWriterSettings s_format = new() { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };

    internal static void Write(string path, IEnumerable<XElement> commands)
    {
        XElement items = new(
            Maml.Help + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml.Text),
            new XAttribute(XNamespace.Xmlns + "command", Maml.Command),
            new XAttribute(XNamespace.Xmlns + "dev", Maml.Dev),
            commands);
        using XmlWriter writer = XmlWriter.Create(path, s_format);
        items.WriteTo(writer);
    }
}
