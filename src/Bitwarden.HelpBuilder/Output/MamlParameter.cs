using System.Globalization;
using System.Xml.Linq;
using Bitwarden.HelpBuilder.Pages;
using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder.Output;

/// <summary>A parameter as MAML.</summary>
internal static class MamlParameter
{
    /// <summary>In a line of syntax: the values that can be given stand in the place of the type.</summary>
    internal static XElement InSyntax(ParameterShape parameter, ParameterBinding binding) => new(
        Maml.Command + "parameter",
        Attributes(parameter, binding),
        new XElement(Maml.Text + "name", parameter.Name),
        ValueGroup(parameter),
        Value(parameter));

    internal static XElement Described(ParameterShape parameter, ParameterBinding binding, PageParameter described) => new(
        Maml.Command + "parameter",
        Attributes(parameter, binding),
        new XElement(Maml.Text + "name", parameter.Name),
        Maml.Description(described.Paragraphs),
        Value(parameter),
        new XElement(Maml.Dev + "type", new XElement(Maml.Text + "name", parameter.TypeFullName), new XElement(Maml.Text + "uri")),
        new XElement(Maml.Dev + "defaultValue", described.DefaultValue ?? ParameterMetadata.DefaultValue(parameter)));

    private static XAttribute[] Attributes(ParameterShape parameter, ParameterBinding binding) =>
    [
        new("required", binding.IsMandatory),
        new("variableLength", parameter.IsArray),
        new("globbing", parameter.AcceptsWildcards),
        new("pipelineInput", binding.PipelineInput),
        new("position", binding.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
    ];

    private static XElement? ValueGroup(ParameterShape parameter) => parameter.AcceptedValues.Count == 0 ? null : new XElement(
        Maml.Command + "parameterValueGroup",
        parameter.AcceptedValues.Select(value => new XElement(Maml.Command + "parameterValue", ValueAttributes(isRequired: false, isList: false), value)));

    private static XElement? Value(ParameterShape parameter) => parameter.IsSwitch ? null : new XElement(
        Maml.Command + "parameterValue", ValueAttributes(isRequired: true, parameter.IsArray), parameter.TypeName);

    private static XAttribute[] ValueAttributes(bool isRequired, bool isList) => [new("required", isRequired), new("variableLength", isList)];
}
