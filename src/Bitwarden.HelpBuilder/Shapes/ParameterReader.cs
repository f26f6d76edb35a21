using System.Reflection;

namespace Bitwarden.HelpBuilder.Shapes;

/// <summary>Makes the shape of a parameter out of its property.</summary>
internal static class ParameterReader
{
    internal static ParameterShape Read(PropertyInfo property)
    {
        Type type = WithoutNullable(property.PropertyType);
        return new ParameterShape(property.Name, type.Name, type.FullName!, [.. property.All("ParameterAttribute").Select(ReadBinding)])
        {
            Aliases = [.. property.All("AliasAttribute").SelectMany(attribute => attribute.List(0)).OfType<string>()],
            AcceptedValues = AcceptedValues(property, type),
            AcceptsWildcards = property.Has("SupportsWildcardsAttribute"),
        };
    }

    private static ParameterBinding ReadBinding(CustomAttributeData attribute)
    {
        string set = attribute.Named("ParameterSetName", CmdletShape.SingleSet);
        int position = attribute.Named("Position", int.MinValue);
        return new ParameterBinding(set == CmdletShape.SingleSet ? null : set)
        {
            IsMandatory = attribute.Named("Mandatory", false),
            Position = position == int.MinValue ? null : position,
            FromPipeline = attribute.Named("ValueFromPipeline", false),
            FromPipelineByPropertyName = attribute.Named("ValueFromPipelineByPropertyName", false),
        };
    }

    private static string[] AcceptedValues(PropertyInfo property, Type type)
    {
        Type single = WithoutNullable(type.IsArray ? type.GetElementType()! : type);
        string[] listed = [.. property.All("ValidateSetAttribute").SelectMany(attribute => attribute.List(0)).OfType<string>()];
        return listed.Length == 0 && single.IsEnum ? single.GetEnumNames() : listed;
    }

    private static Type WithoutNullable(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition().FullName == typeof(Nullable<>).FullName ? type.GetGenericArguments()[0] : type;
}
