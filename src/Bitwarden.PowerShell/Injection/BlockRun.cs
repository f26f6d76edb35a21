using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Injection;

/// <summary>
/// Runs a block of the user's in a cmdlet, as ForEach-Object does: what it writes goes down the pipeline at once, and what ends it, an error, exit, break or
/// a stop, goes on through the cmdlet.
/// </summary>
/// <param name="cmdlet">Where it runs.</param>
/// <param name="block">The block.</param>
/// <param name="variables">Variables of the block.</param>
internal sealed class BlockRun(PSCmdlet cmdlet, ScriptBlock block, IReadOnlyList<DictionaryEntry> variables)
{
    private const PipelineResultTypes Streams = PipelineResultTypes.Output | PipelineResultTypes.Error;

    // The variable of the loop is one that no script has: $_ and all others stay the user's.
    private const string WithVariables =
        "foreach (${ bw } in $args[1]) { Microsoft.PowerShell.Utility\\Set-Variable ${ bw }.Key ${ bw }.Value -Scope Local -ErrorAction Stop }; . $args[0]";

    // Arguments: what runs the block, the block, the variables; what is printed; its mask.
    private const string WithMask =
        "& $args[0] $args[1] $args[2] 2>&1 | & { process { if ($args[0].Invoke($_)) { $args[1].Invoke($_) } else { , $_ } } } $args[3] $args[4]";

    // PowerShell sets these by itself.
    private static readonly string[] s_ownNames = ["_", "args", "input", "this", "PSItem"];

    /// <exception cref="InvalidInputException">EnvironmentNameInvalid: a variable of a script cannot have that name.</exception>
    internal static void EnsureName(string name)
    {
        bool isOne = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_');
        if (!isOne || s_ownNames.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw InputErrors.VariableName(name);
        }
    }

    /// <param name="mask">Takes values out of what is printed; null for none.</param>
    internal void Invoke(OutputMask? mask)
    {
        if (variables.Count == 0 && mask is null)
        {
            Run("& $args[0]" + Merging(), block);
            return;
        }

        if (variables.Count > 0 && block.Module is null && cmdlet.SessionState.Module is not null)
        {
            RunOutside(mask);
            return;
        }

        ScriptBlock runner = Runner();
        if (mask is null)
        {
            Run("& $args[0] $args[1] $args[2]" + Merging(), runner, block, variables);
        }
        else
        {
            Run(WithMask, runner, block, variables, (Func<object?, bool>)OutputMask.IsPrinted, (Func<object?, object?>)mask.Apply);
        }
    }

    private void Run(string script, params object[] arguments) =>
        cmdlet.InvokeCommand.InvokeScript(script, useNewScope: true, Streams, input: null, arguments);

    // With 2>&1 behind a cmdlet PowerShell loses the errors of a block that it runs, those of ForEach-Object too. There is no public way to know of it; where
    // the property is gone, it is as with ForEach-Object.
    private string Merging()
    {
        object runtime = cmdlet.CommandRuntime;
        object? target = runtime.GetType().GetProperty("ErrorMergeTo", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(runtime);
        return $"{target}" is "Output" or "All" ? " 2>&1" : string.Empty;
    }

    // A block of no module, given to a function of one: only the block itself leads to where it belongs, and its output comes at its end.
    private void RunOutside(OutputMask? mask)
    {
        List<PSVariable> inBlock = [.. variables.Select(variable => new PSVariable((string)variable.Key, variable.Value))];
        foreach (PSObject output in block.InvokeWithContext(null, inBlock))
        {
            cmdlet.WriteObject(mask is not null && OutputMask.IsPrinted(output) ? mask.Apply(output) : output);
        }
    }

    // Variables are seen by the block only when they are set where it belongs: in the module that it was written in.
    private ScriptBlock Runner()
    {
        ScriptBlock runner = ScriptBlock.Create(variables.Count == 0 ? "& $args[0]" : WithVariables);
        return block.Module is PSModuleInfo module && module != cmdlet.SessionState.Module ? module.NewBoundScriptBlock(runner) : runner;
    }
}
