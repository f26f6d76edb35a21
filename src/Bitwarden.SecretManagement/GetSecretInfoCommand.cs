using System.Management.Automation;
using System.Runtime.ExceptionServices;
using Bitwarden.Core.Vault;
using Bitwarden.SecretManagement.Storing;

namespace Bitwarden.SecretManagement;

/// <summary>
/// Called by SecretManagement for Get-SecretInfo, for name completion, and to find out which vault has a name. From memory only. The filter
/// is literal or a pattern, and nobody says which: whatever Get-Secret would answer gets a row under exactly that name, then patterns get theirs.
/// </summary>
[Cmdlet(VerbsCommon.Get, "SecretInfo")]
public sealed class GetSecretInfoCommand : VaultCommand
{
    private const string Everything = "*";
    private const int FewRows = 64;

    // SecretManagement loses the whole listing when a name comes twice (SecretManagement fact 9).
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);
    private bool _loginTables;

    /// <summary>Name, reference or pattern.</summary>
    [Parameter]
    public string Filter { get; set; } = string.Empty;

    private protected override void Process(VaultParameters parameters)
    {
        string filter = string.IsNullOrEmpty(Filter) ? Everything : Filter;

        // Completion always asks for everything, and nobody waits for a login there (SecretManagement fact W16).
        UnlockedVault vault = SessionOf(parameters, maySignIn: filter != Everything).PeekVault();
        VaultScope scope = ScopeOf(vault, parameters);
        _loginTables = parameters.LoginTables;
        WriteReadings(ResolvedReference.FindAll(vault, filter, scope), filter);
        if (WildcardPattern.ContainsWildcardCharacters(filter))
        {
            WriteMatches(vault.Items.Where(scope.Contains), filter);
        }
    }

    // Of what cannot be read under the filter, what could be meant gets rows: without one Get-Secret would not be asked, and could not say why.
    private void WriteReadings(ResolvedReference[] readings, string filter)
    {
        if (readings is [{ Exists: true } only] && !IsMarker(only))
        {
            WriteRow(filter, only);
            return;
        }

        foreach (ResolvedReference candidate in readings.SelectMany(CandidatesOf))
        {
            WriteRow(candidate.NameInsteadOf(filter), candidate);
        }
    }

    // The field in which we note how an item was written is nobody's secret.
    private static IEnumerable<ResolvedReference> CandidatesOf(ResolvedReference reading) =>
        IsMarker(reading) ? [ResolvedReference.To(reading.Item, selector: null)] : reading.GetCandidates().Where(candidate => !IsMarker(candidate));

    private static bool IsMarker(ResolvedReference reading) => reading.Selector is string selector && new SelectedValue(reading.Item, selector).IsMarker;

    private void WriteMatches(IEnumerable<VaultItem> items, string filter)
    {
        WildcardPattern pattern = WildcardPattern.Get(filter, WildcardOptions.IgnoreCase);
        VaultItem[] found = [.. items.Where(item => (filter == Everything || IsMatch(pattern, item.UniqueName)) && _written.Add(item.UniqueName))];
        foreach (object row in MakeRows(found))
        {
            WriteObject(row);
        }
    }

    // Most of the time goes into decrypting, so that every processor takes a part.
    private object[] MakeRows(VaultItem[] items)
    {
        object[] rows = new object[items.Length];
        void Make(int index)
        {
            items[index].DecryptRow();
            rows[index] = Row(items[index].UniqueName, ResolvedReference.To(items[index], selector: null));
        }

        try
        {
            Parallel.For(0, items.Length, new ParallelOptions { MaxDegreeOfParallelism = items.Length < FewRows ? 1 : -1 }, Make);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return rows;
    }

    private static bool IsMatch(WildcardPattern pattern, string name)
    {
        try
        {
            return pattern.IsMatch(name);
        }
        catch (WildcardPatternException)
        {
            return false;
        }
    }

    private void WriteRow(string name, ResolvedReference reference)
    {
        if (_written.Add(name))
        {
            WriteObject(Row(name, reference));
        }
    }

    private object Row(string name, ResolvedReference reference) =>
        SecretManagementTypes.CreateInformation(name, SecretMapper.KindOf(reference, _loginTables), VaultName, SecretMapper.Metadata(reference.Item));
}
