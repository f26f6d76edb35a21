using System.Reflection;

namespace Bitwarden.HelpBuilder.Shapes;

/// <summary>Makes the shape of a cmdlet out of its class.</summary>
internal static class CmdletReader
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    internal static CmdletShape Read(Type type)
    {
        CustomAttributeData cmdlet = type.Find("CmdletAttribute")!;
        string name = $"{cmdlet.ConstructorArguments[0].Value}-{cmdlet.ConstructorArguments[1].Value}";
        List<ParameterShape> parameters = [.. Properties(type).Where(property => property.Has("ParameterAttribute")).Select(ParameterReader.Read)];
        parameters.AddRange(cmdlet.Named("SupportsShouldProcess", false) ? CommonParameters.OfShouldProcess : []);
        parameters.AddRange(cmdlet.Named("SupportsPaging", false) ? CommonParameters.OfPaging : []);
        return new CmdletShape(name, cmdlet.Named<string?>("DefaultParameterSetName", null), parameters, OutputTypes(type));
    }

    // The cmdlet's own properties come first, then those of its bases, as in PowerShell.
    private static IEnumerable<PropertyInfo> Properties(Type type)
    {
        HashSet<string> seen = [];
        for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (PropertyInfo property in declaring.GetProperties(Declared).Where(property => seen.Add(property.Name)))
            {
                yield return property;
            }
        }
    }

    private static string[] OutputTypes(Type type) =>
        [.. type.All("OutputTypeAttribute").SelectMany(attribute => attribute.List(0)).OfType<Type>().Select(output => output.FullName!)];
}
