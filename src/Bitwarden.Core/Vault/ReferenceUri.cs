using System.Globalization;
using System.Text;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// A reference to a secret as an address: <c>bw://Folder/name#selector</c> or <c>bw://id#selector</c>. Strict: <c>/</c> and <c>#</c> separate and do nothing
/// else, every other character may be percent-encoded (RFC 3986, section 2.1), and those two must be where they are meant as themselves.
/// </summary>
/// <param name="Folder">The folder, with <c>/</c> for nesting; null for any or none.</param>
/// <param name="Name">The item's name in any of its forms, or its id.</param>
/// <param name="Selector">What of the item; null for what is most likely meant.</param>
public sealed record ReferenceUri(string? Folder, string Name, string? Selector)
{
    private const string Scheme = "bw://";

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a text is meant as such an address.</summary>
    /// <param name="text">The text.</param>
    public static bool IsOne(string text) => text?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The address of an item by its id, which nobody else's name can be taken for.</summary>
    internal static string ById(Guid id, string? selector) => $"{Scheme}{id}{(selector is null ? string.Empty : "#" + Uri.EscapeDataString(selector))}";

    /// <summary>Reads an address.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="InvalidInputException">InvalidReference.</exception>
    public static ReferenceUri Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text[Scheme.Length..].Split('#');
        string[] segments = parts[0].Split('/');
        if (Array.Exists(segments, segment => segment.Length == 0))
        {
            throw InvalidInputException.Reference("A reference must name an item: bw://Folder/name#selector, with no part empty.");
        }

        if (parts.Length > 2 || (parts.Length == 2 && parts[1].Length == 0))
        {
            throw InvalidInputException.Reference(
                "A reference has one number sign at most, with a selector behind it. Write %23 for one that belongs to a name.");
        }

        string[] decoded = [.. segments.Select(Decode)];
        return new ReferenceUri(decoded.Length > 1 ? string.Join('/', decoded[..^1]) : null, decoded[^1], parts.Length == 2 ? Decode(parts[1]) : null);
    }

    /// <summary>Reads an address that is meant to name an item, and nothing of it.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="InvalidInputException">InvalidReference: it has a selector, or is none.</exception>
    public static ReferenceUri ParseItem(string text)
    {
        ReferenceUri address = Parse(text);
        return address.Selector is null
            ? address
            : throw InvalidInputException.Reference("The reference names a value, where an item is meant. Leave out the number sign and what follows.");
    }

    /// <summary>The address of an item: with its folder, else with another form of its name, else with its id. It finds this item and no other.</summary>
    /// <param name="vault">Where it is looked up.</param>
    /// <param name="item">An item of this vault.</param>
    /// <param name="byId">Whether to use the id at once.</param>
    /// <exception cref="ItemLookupException">ItemNotFound: it is in the trash, or gone.</exception>
    public static ReferenceUri Of(UnlockedVault vault, VaultItem item, bool byId = false)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(item);
        return Forms(item, byId).FirstOrDefault(form => vault.FindAll(form) is { Count: 1 } found && found.First().Id == item.Id)
            ?? throw vault.Missing(item.Id.ToString());
    }

    /// <summary>The address of one value of an item, which is there and is the only one of its name.</summary>
    /// <param name="vault">Where it is looked up.</param>
    /// <param name="item">An item of this vault.</param>
    /// <param name="selector">What of the item; null for what is most likely meant, which is then written too.</param>
    /// <param name="byId">Whether to use the id at once.</param>
    /// <exception cref="ItemLookupException">ItemNotFound, SecretNotFound or AmbiguousSecret.</exception>
    /// <exception cref="ItemUnreadableException">The item cannot be read.</exception>
    public static ReferenceUri OfValue(UnlockedVault vault, VaultItem item, string? selector, bool byId = false)
    {
        ReferenceUri address = Of(vault, item, byId);
        string value = selector ?? ItemTypes.Of(item.Type).DefaultSelector;
        SecretSelector.EnsureOne(item, value);
        return address with { Selector = value };
    }

    /// <summary>The address as a text that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        // An empty part of a nested name cannot stand alone.
        string[] folders = Folder is null ? [] : Folder.Split('/') is var parts && Array.Exists(parts, part => part.Length == 0) ? [Folder] : parts;
        string path = string.Join('/', folders.Append(Name).Select(Encode));
        return Selector is null ? Scheme + path : $"{Scheme}{path}#{Encode(Selector)}";
    }

    private static IEnumerable<ReferenceUri> Forms(VaultItem item, bool byId)
    {
        if (!byId && NameForms.Plain(item) is string name && !string.IsNullOrEmpty(item.Folder))
        {
            yield return new ReferenceUri(item.Folder, name, null);
        }

        foreach (string form in byId ? [] : NameForms.Apart(item))
        {
            yield return new ReferenceUri(null, form, null);
        }

        yield return new ReferenceUri(null, item.Id.ToString(), null);
    }

    // A colon separates nothing, and is part of many selectors.
    private static string Encode(string part) => Uri.EscapeDataString(part).Replace("%3A", ":", StringComparison.Ordinal);

    private static string Decode(string part)
    {
        try
        {
            byte[] bytes = s_utf8.GetBytes(part);
            int length = 0;
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[length++] = bytes[i] == '%' ? ByteAt(bytes, ref i) : bytes[i];
            }

            return s_utf8.GetString(bytes, 0, length);
        }
        catch (Exception e) when (e is FormatException or EncoderFallbackException or DecoderFallbackException)
        {
            throw InvalidInputException.Reference(
                "A percent sign in a reference is followed by two hexadecimal digits, of UTF-8. Write %25 for one that is meant.");
        }
    }

    private static byte ByteAt(byte[] bytes, ref int at)
    {
        ReadOnlySpan<byte> digits = bytes.AsSpan(at + 1, Math.Min(2, bytes.Length - at - 1));
        at += 2;
        return digits.Length == 2 ? byte.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : throw new FormatException();
    }
}
