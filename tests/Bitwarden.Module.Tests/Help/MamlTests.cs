using System.Xml.Linq;
using System.Xml.XPath;
using Bitwarden.HelpBuilder.Output;
using Xunit;

namespace Bitwarden.Module.Tests.Help;

/// <summary>What Get-Help gets.</summary>
public sealed class MamlTests
{
    private readonly XElement _help = Plain(new MamlCommand(Sample.Read(Sample.Page), Sample.Cmdlet, Sample.Settings).Make());

    [Fact]
    public void NameVerbAndNounAreThoseOfTheCmdlet() => Assert.Equal(["Get-BwSample", "Get", "BwSample"], Values("details/name | details/verb | details/noun"));

    [Fact]
    public void TextIsPlain() => Assert.Equal(
        [
            "First paragraph, with user.<guid>, emphasis, a page and a site (https://example.org/site).",
            "- one", "- two", "1. first", "2. second", "code",
        ],
        Values("description/para"));

    [Fact]
    public void EverySetHasItsLineOfSyntax() => Assert.Equal(
        ["Name Account Kind Speed Quiet WhatIf Confirm", "Path Name Account Speed Quiet WhatIf Confirm", "Id Account Speed Quiet WhatIf Confirm"],
        _help.XPathSelectElements("syntax/syntaxItem").Select(item => string.Join(' ', item.XPathSelectElements("parameter/name").Select(name => name.Value))));

    [Fact]
    public void SyntaxShowsValuesToChooseFrom() =>
        Assert.Equal(["Fast", "Slow"], Values("syntax/syntaxItem[3]/parameter[name='Speed']/parameterValueGroup/parameterValue"));

    [Fact]
    public void SwitchHasNoValue() => Assert.Empty(Values("syntax/syntaxItem/parameter[name='Quiet']/parameterValue"));

    [Fact]
    public void ParameterIsDescribed()
    {
        XElement name = _help.XPathSelectElement("parameters/parameter[name='Name']")!;
        Assert.Equal(["Names.", "Second paragraph."], name.XPathSelectElements("description/para").Select(text => text.Value));
        Assert.Equal(
            "required=false variableLength=true globbing=true pipelineInput=True (ByValue) position=0 aliases=none",
            string.Join(' ', name.Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}")));
        Assert.Equal("String[]", name.Element("parameterValue")!.Value);
        Assert.Equal("System.String[]", name.XPathSelectElement("type/name")!.Value);
        Assert.Equal("None", name.Element("defaultValue")!.Value);
    }

    [Theory]
    [InlineData("Id", "aliases", "Guid, Key")]
    [InlineData("Id", "pipelineInput", "True (ByPropertyName)")]
    [InlineData("Id", "required", "true")]
    [InlineData("Path", "position", "0")]
    [InlineData("Account", "position", "named")]
    [InlineData("WhatIf", "aliases", "wi")]
    public void AttributeIsThatOfTheAssembly(string parameter, string attribute, string value) =>
        Assert.Equal(value, _help.XPathSelectElement($"parameters/parameter[name='{parameter}']")!.Attribute(attribute)!.Value);

    [Theory]
    [InlineData("Speed", "Slow")]
    [InlineData("Quiet", "False")]
    public void DefaultValueIsTheAuthorsOrTheUsualOne(string parameter, string value) =>
        Assert.Equal([value], Values($"parameters/parameter[name='{parameter}']/defaultValue"));

    [Fact]
    public void ExampleHasTitleCodeAndRemarks()
    {
        Assert.Equal(["Example 1: By name", "Example 2: By id", "Example 3: From a file"], Values("examples/example/title"));
        Assert.Equal(["$id = New-Guid\nGet-BwSample -Id $id -Account ada"], Values("examples/example[2]/code"));
        Assert.Equal(["That one.", ""], Values("examples/example[2]/remarks/para"));
    }

    [Fact]
    public void TypesAndNotesAreThere()
    {
        Assert.Equal(["System.String", "System.Guid"], Values("inputTypes/inputType/type/name"));
        Assert.Equal(["Samples.", "Samples that are files."], Values("returnValues/returnValue/description/para"));
        Assert.Equal(["ErrorIds: none."], Values("alertSet/alert/para"));
    }

    [Fact]
    public void FirstAddressIsThatOfThePageAndFilesHaveNone()
    {
        Assert.Equal(["Online Version:", "Get-BwSample", "Samples"], Values("relatedLinks/navigationLink/linkText"));
        Assert.Equal(["https://help.example.org/Get-BwSample.md", "", "https://example.org/samples"], Values("relatedLinks/navigationLink/uri"));
    }

    private string[] Values(string path) => [.. _help.XPathSelectElements(path).Select(element => element.Value)];

    // Without namespaces, so that paths are short.
    private static XElement Plain(XElement element) => new(
        element.Name.LocalName,
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration),
        element.Nodes().Select(node => node is XElement child ? Plain(child) : node));
}
