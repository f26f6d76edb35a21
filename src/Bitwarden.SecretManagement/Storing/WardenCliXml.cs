using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Bitwarden.Core.Crypto;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>
/// CliXml with a flat dictionary of text, numbers, flags, dates and SecureStrings that are not encrypted, as PowerShell writes them outside of Windows.
/// PowerShell's own reader is not used: it makes objects of whatever types a note names.
/// </summary>
internal static class WardenCliXml
{
    private static readonly XmlReaderSettings s_settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>Reads the dictionary; null for everything else.</summary>
    /// <exception cref="XmlException">It is no XML.</exception>
    /// <exception cref="FormatException">A key is there twice, or a SecureString is not readable here.</exception>
    internal static WardenTable? Read(ReadOnlySpan<byte> xml)
    {
        byte[] copy = xml.ToArray();
        WardenTable table = new();
        try
        {
            using XmlReader reader = XmlReader.Create(new MemoryStream(copy, writable: false), s_settings);
            if (EntriesOf(XDocument.Load(reader)) is XElement[] entries && entries.All(entry => TryAdd(table, entry)))
            {
                return table;
            }

            table.Dispose();
            return null;
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            table.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    // <Objs><Obj><TN>...</TN><DCT><En><S N="Key">k</S><S N="Value">v</S></En>...</DCT></Obj></Objs>
    private static XElement[]? EntriesOf(XDocument document)
    {
        XElement[] objects = [.. document.Root!.Elements()];
        XElement[] dictionaries = [.. objects.SelectMany(one => one.Elements()).Where(element => element.Name.LocalName == "DCT")];
        return objects.Length == 1 && dictionaries.Length == 1 ? [.. dictionaries[0].Elements()] : null;
    }

    private static bool TryAdd(WardenTable table, XElement entry)
    {
        XElement? key = Part(entry, "Key");
        XElement? value = Part(entry, "Value");
        if (key?.Name.LocalName != "S" || value is null || value.HasElements || Text(value) is not SecretBytes text)
        {
            return false;
        }

        table.Add(new WardenValue(XmlConvert.DecodeName(key.Value), text, IsRaw: value.Name.LocalName is "I32" or "B"));
        return true;
    }

    private static XElement? Part(XElement entry, string name) => entry.Elements().FirstOrDefault(part => part.Attribute("N")?.Value == name);

    private static SecretBytes? Text(XElement value) => value.Name.LocalName switch
    {
        "S" => SecretBytes.FromCharacters(XmlConvert.DecodeName(value.Value)),
        "I32" or "B" or "DT" => SecretBytes.FromCharacters(value.Value),
        "SS" => FromHex(value.Value),
        _ => null,
    };

    // UTF-16 in hexadecimal. What Windows encrypted for a user begins with the mark of its own format, and can be read by nobody else.
    private static SecretBytes? FromHex(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        try
        {
            bool isEncrypted = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[1, 0, 0, 0, 0xd0, 0x8c, 0x9d, 0xdf]);
            return isEncrypted || bytes.Length % 2 != 0 ? null : FromUtf16(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static SecretBytes FromUtf16(byte[] bytes)
    {
        char[] characters = Encoding.Unicode.GetChars(bytes);
        try
        {
            return SecretBytes.FromCharacters(characters);
        }
        finally
        {
            Array.Clear(characters);
        }
    }
}
