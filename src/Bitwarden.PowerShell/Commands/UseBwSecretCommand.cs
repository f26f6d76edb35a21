using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Bitwarden.Core.Crypto;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Injection;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Runs a block with values of the vault in environment variables, and puts back afterwards what was there before.</summary>
[Cmdlet(VerbsOther.Use, "BwSecret")]
[OutputType(typeof(PSObject))]
public sealed class UseBwSecretCommand : ReferenceCmdlet
{
    /// <summary>What is run.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateNotNull]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>Environment variables for the block and the programs that it starts: names, and a reference or a SecureString for each.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateNotNullOrEmpty]
    public IDictionary? Environment { get; set; }

    /// <summary>Files with a line NAME=value for each variable, where a value may be a reference.</summary>
    [Parameter]
    [NotBlank]
    public string[]? EnvFile { get; set; }

    /// <summary>Resolves every environment variable whose value is a reference.</summary>
    [Parameter]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>Variables of the block, as SecureStrings: names, and a reference or a SecureString for each.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateNotNullOrEmpty]
    public IDictionary? Variable { get; set; }

    /// <summary>Replaces the values by stars in what the programs that the block starts print.</summary>
    [Parameter]
    public SwitchParameter MaskOutput { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Environment is null && EnvFile is null && Variable is null && !FromEnvironment)
        {
            throw InputErrors.NothingToSet();
        }

        OutputMask? mask = MaskOutput ? new OutputMask(WriteError) : null;
        using EnvironmentLease lease = Prepare(mask, out IReadOnlyList<DictionaryEntry> variables);
        mask?.WarnOfShort(WriteWarning);
        new BlockRun(this, ScriptBlock!, variables).Invoke(mask);
    }

    // Everything is known before anything is set. What is read is zeroed before the block runs.
    private EnvironmentLease Prepare(OutputMask? mask, out IReadOnlyList<DictionaryEntry> variables)
    {
        IReadOnlyList<Assignment> environment = EnvironmentAssignments();
        IReadOnlyList<Assignment> inBlock = Entries(Variable, BlockRun.EnsureName);
        using ReadValues values = ReadAll([.. Wanted(environment, asText: true), .. Wanted(inBlock, asText: false)]);
        Dictionary<string, string> texts = environment.ToDictionary(one => one.Name, one => TextOf(one, values, mask), EnvironmentNames.Comparer);
        variables = [.. inBlock.Select(one => new DictionaryEntry(one.Name, ObjectOf(one, values, mask)))];
        return EnvironmentLease.Take(texts, Runspace.DefaultRunspace);
    }

    // What says more exactly what is meant comes later, and counts.
    private IReadOnlyList<Assignment> EnvironmentAssignments()
    {
        Dictionary<string, Assignment> byName = new(EnvironmentNames.Comparer);
        IEnumerable<Assignment> inherited = FromEnvironment ? ReferencesInEnvironment() : [];
        IEnumerable<Assignment> inFiles = (EnvFile ?? []).SelectMany(file => Injection.EnvFile.Read(LocalPath.Resolve(this, file)));
        foreach (Assignment one in inherited.Concat(inFiles).Concat(Entries(Environment, EnvironmentNames.EnsureName)))
        {
            byName[one.Name] = one;
        }

        return [.. byName.Values];
    }

    private static IEnumerable<Assignment> ReferencesInEnvironment() => System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(entry => Assignment.FromText((string)entry.Key, (string)entry.Key, $"{entry.Value}"))
        .Where(one => one.Reference is not null);

    private static List<Assignment> Entries(IDictionary? table, Action<string> ensureName)
    {
        List<Assignment> entries = [];
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            string name = $"{entry.Key}";
            ensureName(name);
            entries.Add(Assignment.FromEntry(name, entry.Value));
        }

        return entries;
    }

    private static IEnumerable<WantedValue> Wanted(IEnumerable<Assignment> assignments, bool asText) =>
        assignments.Where(one => one.Reference is not null).Select(one => new WantedValue(one.Place, one.Reference!, asText));

    private string TextOf(Assignment one, ReadValues values, OutputMask? mask)
    {
        string text = one.Literal ?? (one.Reference is null ? GivenText(one) : values[one.Reference].Value.RevealText());
        EnvironmentNames.EnsureValue(one.Name, text);
        if (one.Literal is null)
        {
            // Before .NET 9 an empty value removes the variable, and a program would take it for one that nobody set.
            mask?.Add(one.Name, text);
            return text.Length > 0 ? text : throw InputErrors.VariableValue(one.Name, "is empty");
        }

        return text;
    }

    private string GivenText(Assignment one)
    {
        using SecretBytes secret = SecretBytes.FromSecureString(one.Given!);
        LogMask.Register(one.Name, secret, asText: true);
        return secret.RevealText();
    }

    private static object ObjectOf(Assignment one, ReadValues values, OutputMask? mask)
    {
        if (one.Reference is null)
        {
            return one.Given!;
        }

        if (mask is not null && !values[one.Reference].IsFile)
        {
            mask.Add(one.Name, values[one.Reference].Value.RevealText());
        }

        return SecretOutput.From(values[one.Reference], values.ItemOf(one.Reference), SecretForm.SecureString);
    }
}
