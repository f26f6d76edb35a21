using System.Collections;
using System.Management.Automation;
using System.Reflection;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.SecretManagement;

/// <summary>
/// SecretManagement's own types, found by name in the assembly that is loaded: it must be that one, since SecretManagement filters results by type,
/// and with a reference at compile time our module would not import where SecretManagement is absent.
/// </summary>
internal static class SecretManagementTypes
{
    private const string AssemblyName = "Microsoft.PowerShell.SecretManagement";
    private const int KindCount = (int)SecretKind.Hashtable + 1;
    private const string ErrorIdKey = "ErrorId";
    private const string ErrorsPage = "https://bitwarden-powershell.example.org/docs/errors.md";
    private static readonly Lazy<Type> s_secretType = new(() => Find("SecretType"));
    private static readonly Lazy<ConstructorInvoker> s_information = new(FindInformation);
    private static readonly Lazy<object[]> s_kinds = new(() => [.. Enumerable.Range(0, KindCount).Select(number => Box((SecretKind)number))]);
    private static readonly Lazy<ConstructorInfo> s_passwordRequired = new(() => Find("PasswordRequiredException").GetConstructor([typeof(string)])!);

    /// <summary>Makes a row of Get-SecretInfo.</summary>
    internal static object CreateInformation(string name, SecretKind kind, string vaultName, Hashtable metadata) =>
        s_information.Value.Invoke(name, s_kinds.Value[(int)kind], vaultName, metadata)!;

    /// <summary>
    /// Makes the exception that ends SecretManagement's script and reaches the user as one clear PasswordRequiredException. Every other form is
    /// followed by "not found", after which Set-Secret -NoClobber would overwrite. The code goes along as data (SecretManagement fact W11).
    /// </summary>
    internal static RuntimeException CreatePasswordRequired(BitwardenException failure)
    {
        Exception inner = (Exception)s_passwordRequired.Value.Invoke([ErrorRecords.From(failure).Exception.Message]);
        inner.Data[ErrorIdKey] = failure.Code;
        inner.HelpLink = ErrorsPage;
        return new RuntimeException(inner.Message, inner) { WasThrownFromThrowStatement = true };
    }

    private static ConstructorInvoker FindInformation() => ConstructorInvoker.Create(
        Find("SecretInformation").GetConstructor([typeof(string), s_secretType.Value, typeof(string), typeof(Hashtable)])!);

    private static object Box(SecretKind kind) => Enum.ToObject(s_secretType.Value, (int)kind);

    private static Type Find(string name) => AppDomain.CurrentDomain.GetAssemblies()
        .First(assembly => assembly.GetName().Name == AssemblyName)
        .GetType($"{AssemblyName}.{name}", throwOnError: true)!;
}
