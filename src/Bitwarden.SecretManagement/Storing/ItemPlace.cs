using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>What a new item is called, and in which folder it lies.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FolderId">The folder; null for none.</param>
internal sealed record ItemPlace(string Name, Guid? FolderId)
{
    /// <summary>
    /// Reads a name that no item has. <c>Work/x</c> is x in the folder Work where there is such a folder, and otherwise a name as it stands; of nested folders
    /// the longest counts.
    /// </summary>
    /// <exception cref="Core.Errors.BitwardenException">
    /// ItemNotFound for one that only an existing item can have: an id, a reference, or a name with a selector. InvalidReference,
    /// FolderNotFound or AmbiguousName.
    /// </exception>
    internal static ItemPlace Of(UnlockedVault vault, string text)
    {
        ReferenceUri? reference = ReferenceUri.IsOne(text) ? ReferenceUri.Parse(text) : null;
        ItemPlace place = reference is null
            ? OfName(vault, text)
            : new ItemPlace(reference.Name, reference.Folder is null ? null : WritePlace.Folder(vault, reference.Folder));
        return reference?.Selector is not null || IsReserved(place.Name) ? throw vault.Missing(text) : place;
    }

    private static ItemPlace OfName(UnlockedVault vault, string text)
    {
        for (int slash = text.LastIndexOf('/'); slash > 0; slash = text.LastIndexOf('/', slash - 1))
        {
            if (!string.IsNullOrWhiteSpace(text[(slash + 1)..]) && vault.Folders.Contains(text[..slash], StringComparer.OrdinalIgnoreCase))
            {
                return new ItemPlace(text[(slash + 1)..], WritePlace.Folder(vault, text[..slash]));
            }
        }

        return new ItemPlace(text, null);
    }

    // An item of such a name would be found by nobody, or taken for a value of another one.
    private static bool IsReserved(string name)
    {
        int hash = name.LastIndexOf('#');
        bool isValue = hash > 0 && hash < name.Length - 1 && SelectedValue.IsKeyword(name[(hash + 1)..]);
        return isValue || ReferenceUri.IsOne(name) || Guid.TryParse(name, out _);
    }
}
