using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Completes the vendor's regions, and servers that this process is connected to.</summary>
internal sealed class ServerCompleter : IArgumentCompleter
{
    private static readonly Candidate[] s_regions =
        [new("US", "The vendor's cloud in the United States"), new("EU", "The vendor's cloud in the European Union")];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(s_regions.Concat(Connected()).DistinctBy(server => server.Text, StringComparer.OrdinalIgnoreCase), wordToComplete);

    private static IEnumerable<Candidate> Connected() =>
        SessionCompleter.Visible().Select(session => new Candidate(session.Server.Name, $"Server of {session.Account}"));
}
