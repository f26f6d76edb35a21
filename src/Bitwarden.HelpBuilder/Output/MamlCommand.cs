using System.Xml.Linq;
using Bitwarden.HelpBuilder.Pages;
using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder.Output;

/// <summary>The help of one cmdlet as MAML: texts from its page, everything else from the assembly.</summary>
internal sealed class MamlCommand(HelpPage page, CmdletShape cmdlet, HelpSettings settings)
{
    internal XElement Make() => new(
        Maml.Command + "command",
        Details(),
        Maml.Description(page.Description.Paragraphs),
        new XElement(Maml.Command + "syntax", cmdlet.Sets.Select(Syntax)),
        new XElement(Maml.Command + "parameters", page.Parameters.Select(Parameter)),
        new XElement(Maml.Command + "inputTypes", page.Inputs.Select(type => Type("inputType", type))),
        new XElement(Maml.Command + "returnValues", page.Outputs.Select(type => Type("returnValue", type))),
        new XElement(Maml.Text + "alertSet", new XElement(Maml.Text + "alert", Maml.Paragraphs(page.Notes.Paragraphs))),
        new XElement(Maml.Command + "examples", page.Examples.Select(Example)),
        new XElement(Maml.Command + "relatedLinks", Link("Online Version:", settings.OnlineVersion(cmdlet.Name)), page.Links.Select(Link)));

    private XElement Details()
    {
        string[] name = cmdlet.Name.Split('-', 2);
        return new XElement(
            Maml.Command + "details",
            new XElement(Maml.Command + "name", cmdlet.Name),
            Maml.Description(page.Synopsis.Paragraphs),
            new XElement(Maml.Command + "verb", name[0]),
            new XElement(Maml.Command + "noun", name[1]));
    }

    private XElement Syntax(string set) => new(
        Maml.Command + "syntaxItem",
        new XElement(Maml.Text + "name", cmdlet.Name),
        cmdlet.In(set).Select(parameter => MamlParameter.InSyntax(parameter, parameter.BindingIn(set)!)));

    private XElement Parameter(PageParameter described)
    {
        ParameterShape parameter = cmdlet.Parameters.First(shape => shape.Name == described.Name);
        return MamlParameter.Described(parameter, parameter.BindingIn(cmdlet.Sets[0]) ?? parameter.Bindings[0], described);
    }

    private static XElement Type(string element, PageType type) => new(
        Maml.Command + element,
        new XElement(Maml.Dev + "type", new XElement(Maml.Text + "name", type.Name)),
        Maml.Description(type.Paragraphs));

    // The empty paragraph keeps a blank line before the next example.
    private static XElement Example(PageExample example) => new(
        Maml.Command + "example",
        new XElement(Maml.Text + "title", example.Title),
        new XElement(Maml.Dev + "code", example.Code),
        new XElement(Maml.Dev + "remarks", Maml.Paragraphs(example.Remarks.Append(""))));

    // Get-Help -Online opens the first address it finds, and takes no relative one.
    private static XElement Link(PageLink link) => Link(link.Text, link.IsOnWeb ? link.Address : "");

    private static XElement Link(string text, string address) => new(
        Maml.Text + "navigationLink",
        new XElement(Maml.Text + "linkText", text),
        new XElement(Maml.Text + "uri", address));
}
