namespace Bitwarden.Core.Errors;

/// <summary>An item, or a value in it, could not be found under the given name.</summary>
public sealed class ItemLookupException : BitwardenException
{
    private const int MostNames = 20;

    private ItemLookupException(string code, string message, IReadOnlyList<string>? candidates = null)
        : base(code, message)
    {
        Candidates = candidates ?? [];
    }

    /// <summary>
    /// For an ambiguous name, the unique names that it could mean; for one that no item has, the nearest names; for a missing value, what the item does have.
    /// </summary>
    public IReadOnlyList<string> Candidates { get; }

    /// <summary>Why there is no item of the name.</summary>
    public NotFoundReason Reason { get; private init; }

    /// <summary>There is no such item.</summary>
    public static ItemLookupException NotFound(string name, IReadOnlyList<string>? nearest = null) => new(
        ErrorCodes.ItemNotFound,
        $"No item is called '{Shown(name)}'.{Suggest(nearest)}",
        nearest);

    /// <summary>There is no such folder.</summary>
    public static ItemLookupException NoFolder(string name, IReadOnlyList<string> nearest) => NoPlace(ErrorCodes.FolderNotFound, "folder", name, nearest);

    /// <summary>There is no such collection.</summary>
    public static ItemLookupException NoCollection(string name, IReadOnlyList<string> nearest) =>
        NoPlace(ErrorCodes.CollectionNotFound, "collection", name, nearest);

    /// <summary>There is no such organization.</summary>
    public static ItemLookupException NoOrganization(string name, IReadOnlyList<string> nearest) =>
        NoPlace(ErrorCodes.OrganizationNotFound, "organization", name, nearest);

    /// <summary>There is such an item, but it was thrown away.</summary>
    public static ItemLookupException InTrash(string name) => new(
        ErrorCodes.ItemNotFound, $"No item is called '{Shown(name)}', except in the trash.") { Reason = NotFoundReason.InTrash };

    /// <summary>There is no item of that very name, which looks like a pattern.</summary>
    public static ItemLookupException Pattern(string name) => new(
        ErrorCodes.ItemNotFound, $"No item is called '{Shown(name)}'. Names take no wildcards here.") { Reason = NotFoundReason.Pattern };

    /// <summary>There is such an item, but it was not asked for.</summary>
    public static ItemLookupException LeftOut(string name, string reason) => new(
        ErrorCodes.ItemNotFound, $"An item is called '{Shown(name)}', but {reason}.") { Reason = NotFoundReason.LeftOut };

    /// <summary>Several items have that name.</summary>
    public static ItemLookupException Ambiguous(string name, IReadOnlyList<string> candidates) => new(
        ErrorCodes.AmbiguousName, $"'{Shown(name)}' is the name of {candidates.Count} items. Use one of: {Quote(candidates)}.", candidates);

    /// <summary>Several folders, collections or organizations have that name.</summary>
    public static ItemLookupException AmbiguousPlace(string name, IReadOnlyList<string> ids) => new(
        ErrorCodes.AmbiguousName, $"'{Shown(name)}' is the name of {ids.Count} of them. Use one of the ids: {Quote(ids)}.", ids);

    /// <summary>The item has no such value.</summary>
    public static ItemLookupException NoSuchValue(string name, string selector, IReadOnlyList<string> available) => new(
        ErrorCodes.SecretNotFound, $"The item '{Shown(name)}' has no '{Shown(selector)}'. It has: {Quote(available)}.", available);

    /// <summary>Several values of the item have that name.</summary>
    public static ItemLookupException AmbiguousValue(string name, string selector) => new(
        ErrorCodes.AmbiguousSecret, $"The item '{Shown(name)}' has more than one '{Shown(selector)}'.");

    /// <summary>The organization hides passwords in the item's collection from this user.</summary>
    public static ItemLookupException Hidden(string name) => new(
        ErrorCodes.SecretHidden, $"The organization of '{Shown(name)}' hides its passwords from your account.");

    private static ItemLookupException NoPlace(string code, string kind, string name, IReadOnlyList<string> nearest) =>
        new(code, $"No {kind} is called '{Shown(name)}'.{Suggest(nearest)}", nearest);

    private static string Suggest(IReadOnlyList<string>? nearest) =>
        nearest is { Count: > 0 } ? $" The nearest names: {Quote(nearest)}." : string.Empty;

    private static string Quote(IReadOnlyList<string> names)
    {
        string shown = names.Count == 0 ? "nothing" : string.Join(", ", names.Take(MostNames).Select(name => $"'{Shown(name)}'"));
        return names.Count > MostNames ? $"{shown} and {names.Count - MostNames} more" : shown;
    }
}
