using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Bitwarden.Core.Tests.Layers;

/// <summary>Which types of an assembly use which others, by what was compiled: signatures, bases, attributes and the bodies of methods.</summary>
internal static class NamespaceGraph
{
    internal sealed record Edge(string From, string To, string Example);

    /// <summary>The edges between different namespaces, each with one pair of types that makes it.</summary>
    internal static IReadOnlyList<Edge> Read(string assemblyPath)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assemblyPath);
        return [.. module.GetTypes()
            .SelectMany(type => Uses(type).Select(used => (From: Outermost(type), To: used)))
            .Where(pair => pair.To.Scope == module && pair.From.Namespace.Length > 0)
            .Select(pair => new Edge(pair.From.Namespace, Outermost(pair.To).Namespace, $"{pair.From.Name} uses {Outermost(pair.To).Name}"))
            .Where(edge => edge.From != edge.To && edge.To.Length > 0)
            .DistinctBy(edge => (edge.From, edge.To))];
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    private static IEnumerable<TypeReference> Uses(TypeDefinition type) => Direct(type).OfType<TypeReference>().SelectMany(Parts);

    private static IEnumerable<TypeReference?> Direct(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.CustomAttributes.SelectMany(Of),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Methods.SelectMany(Of),
    ];

    private static IEnumerable<TypeReference> Of(CustomAttribute attribute) =>
        [attribute.AttributeType, .. attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>()];

    private static IEnumerable<TypeReference?> Of(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(Of) : [],
    ];

    private static IEnumerable<TypeReference?> Of(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => Parts(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
