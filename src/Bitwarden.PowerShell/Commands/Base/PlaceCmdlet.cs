using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that gives folders, collections or organizations, by name or by id.</summary>
public abstract class PlaceCmdlet : SessionCmdlet
{
    private protected const string NameSet = "Name";
    private protected const string IdSet = "Id";

    /// <summary>Writes what is named, each once; an error for each name and id that nothing has.</summary>
    private protected void WritePlaces<T>(IReadOnlyList<T> places, string[]? names, Guid[]? ids, Func<string, ItemLookupException> missing)
        where T : IVaultPlace
    {
        if (names is null && ids is null)
        {
            WriteObject(places, enumerateCollection: true);
            return;
        }

        HashSet<Guid> written = [];
        foreach (string name in names ?? [.. ids!.Select(id => id.ToString())])
        {
            WriteFound(places, name, missing, written);
        }
    }

    private void WriteFound<T>(IReadOnlyList<T> places, string name, Func<string, ItemLookupException> missing, HashSet<Guid> written)
        where T : IVaultPlace
    {
        try
        {
            IReadOnlyList<T> found = PlaceName.Find(places, name);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteFailure(missing(name), name);
            }

            WriteObject(found.Where(place => written.Add(place.Id)), enumerateCollection: true);
        }
        catch (InvalidInputException e)
        {
            WriteFailure(e, name);
        }
    }
}
