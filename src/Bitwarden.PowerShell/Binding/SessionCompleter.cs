using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Bitwarden.Core.Sessions;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Completes sessions by the e-mail of their account.</summary>
internal sealed class SessionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(Visible().Select(session => new Candidate(session.Account, session.ToString())), wordToComplete);

    /// <summary>What this runspace may see: its own sessions, and those of the process that are not private.</summary>
    internal static IReadOnlyList<BitwardenSession> Visible()
    {
        IReadOnlyList<BitwardenSession> owned = CurrentSession.Owned();
        return [.. SessionStore.All.Where(session => !session.IsPrivate || owned.Contains(session))];
    }
}
