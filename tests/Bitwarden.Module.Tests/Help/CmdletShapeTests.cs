using Bitwarden.HelpBuilder.Shapes;
using Xunit;

namespace Bitwarden.Module.Tests.Help;

/// <summary>What is read from an assembly.</summary>
public sealed class CmdletShapeTests
{
    [Fact]
    public void DefaultSetComesFirst() => Assert.Equal(["Name", "File", "Id"], Sample.Cmdlet.Sets);

    [Fact]
    public void ParametersOfBaseAndShellFollowTheOwn() => Assert.Equal(
        ["Name", "Id", "Path", "Kind", "Speed", "Quiet", "Account", "WhatIf", "Confirm"],
        Sample.Cmdlet.Parameters.Select(parameter => parameter.Name));

    [Fact]
    public void OutputTypesAreThoseOfTheAttribute() => Assert.Equal(["System.String", "System.Byte[]"], Sample.Cmdlet.OutputTypes);

    [Fact]
    public void BindingDependsOnTheSet()
    {
        ParameterShape name = Parameter("Name");
        Assert.Equal(new ParameterBinding("Name") { Position = 0, FromPipeline = true }, name.BindingIn("Name"));
        Assert.Equal(new ParameterBinding("File") { IsMandatory = true }, name.BindingIn("File"));
        Assert.Null(name.BindingIn("Id"));
        Assert.Equal(new ParameterBinding(null) { IsMandatory = true }, Parameter("Account").BindingIn("Id"));
    }

    [Theory]
    [InlineData("Name", "String[]", "System.String[]")]
    [InlineData("Id", "Guid", "System.Guid")]
    [InlineData("Quiet", "SwitchParameter", "System.Management.Automation.SwitchParameter")]
    public void TypeIsShownAsInGetHelp(string name, string type, string fullName)
    {
        Assert.Equal(type, Parameter(name).TypeName);
        Assert.Equal(fullName, Parameter(name).TypeFullName);
    }

    [Fact]
    public void AliasesAreRead() => Assert.Equal(["Guid", "Key"], Parameter("Id").Aliases);

    [Fact]
    public void AcceptedValuesAreThoseOfEnumOrList()
    {
        Assert.Equal(["RelativeOrAbsolute", "Absolute", "Relative"], Parameter("Kind").AcceptedValues);
        Assert.Equal(["Fast", "Slow"], Parameter("Speed").AcceptedValues);
        Assert.Empty(Parameter("Name").AcceptedValues);
    }

    [Fact]
    public void WildcardsAreWhatTheAttributeSays() =>
        Assert.Equal(["Name"], Sample.Cmdlet.Parameters.Where(shape => shape.AcceptsWildcards).Select(shape => shape.Name));

    private static ParameterShape Parameter(string name) => Sample.Cmdlet.Parameters.Single(parameter => parameter.Name == name);
}
