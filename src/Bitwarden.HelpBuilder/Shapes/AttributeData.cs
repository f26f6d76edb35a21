using System.Reflection;

namespace Bitwarden.HelpBuilder.Shapes;

/// <summary>Attributes of members that are only read, never run.</summary>
internal static class AttributeData
{
    internal static CustomAttributeData? Find(this MemberInfo member, string attribute) => member.All(attribute).FirstOrDefault();

    internal static bool Has(this MemberInfo member, string attribute) => member.All(attribute).Any();

    /// <summary>The attributes of one of PowerShell's classes, by its name without namespace.</summary>
    internal static IEnumerable<CustomAttributeData> All(this MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType.FullName == "System.Management.Automation." + attribute);

    internal static T Named<T>(this CustomAttributeData attribute, string name, T otherwise)
    {
        CustomAttributeNamedArgument argument = attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name);
        return argument.MemberInfo is null ? otherwise : (T)argument.TypedValue.Value!;
    }

    /// <summary>The values of an argument that is an array (<c>params</c>) or, in another constructor, one value.</summary>
    internal static IEnumerable<object?> List(this CustomAttributeData attribute, int index) =>
        attribute.ConstructorArguments.Count <= index ? []
        : attribute.ConstructorArguments[index].Value is IReadOnlyCollection<CustomAttributeTypedArgument> many ? many.Select(one => one.Value)
        : [attribute.ConstructorArguments[index].Value];
}
