using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets the sessions of this runspace.</summary>
[Cmdlet(VerbsCommon.Get, "BwSession", DefaultParameterSetName = "Own")]
[OutputType(typeof(BitwardenSession))]
public sealed class GetBwSessionCommand : BwCmdlet
{
    /// <summary>E-mails, client ids or session ids; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = "Own")]
    [Parameter(Position = 0, ParameterSetName = "All")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>Only the current one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Current")]
    public SwitchParameter Current { get; set; }

    /// <summary>Those of other runspaces of the process too, unless they are private.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession[] current = CurrentSession.Get(this) is BitwardenSession session ? [session] : [];
        BitwardenSession[] sessions = Current ? current : [.. All ? SessionCompleter.Visible() : CurrentSession.Owned().Union(current)];
        WriteObject(Name is null ? sessions : Name.SelectMany(name => Named(sessions, name)).Distinct(), enumerateCollection: true);
    }

    private BitwardenSession[] Named(BitwardenSession[] sessions, string name)
    {
        BitwardenSession[] literal = Array.FindAll(sessions, session => SessionTransformationAttribute.IsNamed(session, name));
        if (literal.Length > 0)
        {
            return literal;
        }

        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            WriteFailure(SessionException.NoneInProcess(name, null), name);
            return [];
        }

        NamePattern pattern = new(name);
        return Array.FindAll(sessions, session => pattern.IsMatch(session.Account) || pattern.IsMatch(session.ClientId));
    }
}
