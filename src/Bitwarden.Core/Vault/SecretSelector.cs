using System.Diagnostics.CodeAnalysis;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Generators;

namespace Bitwarden.Core.Vault;

/// <summary>What a selector means for an item (architecture 6).</summary>
internal static class SecretSelector
{
    private const string FieldPrefix = "field:";
    private const string AttachmentPrefix = "attachment:";

    internal static bool IsAttachment([NotNullWhen(true)] string? selector) =>
        selector is not null && selector.StartsWith(AttachmentPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The file that a selector names; null when it names something else.</summary>
    /// <exception cref="ItemLookupException">SecretNotFound or AmbiguousSecret.</exception>
    internal static ItemAttachment? Attachment(VaultItem item, string? selector)
    {
        if (!IsAttachment(selector))
        {
            return null;
        }

        return Single(item, selector, item.Attachments.Where(file => IsNamed(file, selector)));
    }

    /// <summary>Decrypts the text that a selector names.</summary>
    /// <exception cref="BitwardenException">SecretNotFound, AmbiguousSecret, SecretHidden, VaultLocked or why it cannot be decrypted.</exception>
    internal static SecretBytes Read(VaultItem item, string? selector, TimeProvider time)
    {
        item.EnsureReadable();
        string wanted = selector ?? ItemTypes.Of(item.Type).DefaultSelector;
        if (Same(wanted, "totp") && item.Totp is ItemValue seed)
        {
            return Totp.Compute(seed.RevealText(), time.GetUtcNow());
        }

        if (Same(wanted, "uri") && item.Uris.Count > 0)
        {
            return SecretBytes.FromCharacters(item.Uris[0]);
        }

        return (item.Value(wanted) ?? FieldValue(item, wanted)).Decrypt();
    }

    /// <summary>Looks for the one thing that a selector names, without decrypting it.</summary>
    /// <exception cref="BitwardenException">SecretNotFound, AmbiguousSecret, or why the item cannot be read.</exception>
    internal static void EnsureOne(VaultItem item, string selector)
    {
        item.EnsureReadable();
        if (Attachment(item, selector) is null && item.Value(selector) is null && !(Same(selector, "uri") && item.Uris.Count > 0))
        {
            FieldValue(item, selector);
        }
    }

    /// <summary>Whether an item has something under a selector.</summary>
    internal static bool Exists(VaultItem item, string selector) => item.Value(selector) is not null
        || Available(item).Contains(selector, StringComparer.OrdinalIgnoreCase)
        || (IsAttachment(selector) && item.Attachments.Any(file => IsNamed(file, selector)))
        || item.Fields.Any(field => field.Value is not null && Same(field.Name, FieldName(selector)));

    /// <summary>Whether an item has one value under a selector, and not several.</summary>
    internal static bool IsOne(VaultItem item, string selector) => IsAttachment(selector)
        ? item.Attachments.Count(file => IsNamed(file, selector)) == 1
        : item.Value(selector) is not null
            || (Same(selector, "uri") && item.Uris.Count > 0)
            || item.Fields.Count(field => field.Value is not null && Same(field.Name, FieldName(selector))) == 1;

    /// <summary>Every selector that an item answers to.</summary>
    internal static IReadOnlyList<string> Available(VaultItem item) =>
    [
        .. item.Values.Keys,
        .. item.Uris.Count > 0 ? new[] { "uri" } : [],
        .. item.Fields.Where(field => field.Value is not null && field.Name.Length > 0).Select(field => FieldPrefix + field.Name),
        .. item.Attachments.Select(file => AttachmentPrefix + file.FileName),
    ];

    private static ItemValue FieldValue(VaultItem item, string selector) => Single(
        item, selector, item.Fields.Where(field => Same(field.Name, FieldName(selector))).Select(field => field.Value).OfType<ItemValue>());

    private static T Single<T>(VaultItem item, string selector, IEnumerable<T> matches)
        where T : class
    {
        T[] found = [.. matches.Take(2)];
        return found.Length switch
        {
            0 => throw ItemLookupException.NoSuchValue(item.UniqueName, selector, Available(item)),
            1 => found[0],
            _ => throw ItemLookupException.AmbiguousValue(item.UniqueName, selector),
        };
    }

    private static string FieldName(string selector) =>
        selector.StartsWith(FieldPrefix, StringComparison.OrdinalIgnoreCase) ? selector[FieldPrefix.Length..] : selector;

    private static bool IsNamed(ItemAttachment file, string selector) =>
        selector[AttachmentPrefix.Length..] is string name && (Same(file.FileName, name) || file.Id == name);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
