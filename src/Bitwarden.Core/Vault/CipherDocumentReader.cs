using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>
/// Reads an item's document in one pass. Forgiving where older and compatible servers differ: every member may be odd, every list may hold odd entries, and of
/// a member that comes twice the last one counts. A listing of a whole vault waits for it.
/// </summary>
internal static class CipherDocumentReader
{
    private static readonly byte[][] s_memberObjects =
        [.. ItemTypes.All.Where(row => row.Type is not (ItemType.Login or ItemType.SecureNote)).Select(row => Encoding.ASCII.GetBytes(row.WireMember))];

    private delegate void MemberReader<T>(scoped ref JsonMembers member, T into);

    /// <summary>Reads a document.</summary>
    /// <param name="json">The document in UTF-8, from brace to brace.</param>
    /// <exception cref="JsonException">Not an object, or its bytes were let go.</exception>
    internal static CipherDocument Read(ReadOnlySpan<byte> json)
    {
        CipherDocument document = new();
        JsonMembers members = JsonMembers.Of(json);
        while (members.Next())
        {
            ReadMember(ref members, document);
        }

        return document;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadMember(scoped ref JsonMembers member, CipherDocument document)
    {
        CipherRecord item = document.Record;
        switch (member.NameLength)
        {
            case 3 when member.IsNamed("key"u8):
                item.Key = Text(ref member);
                break;
            case 4 when member.IsNamed("edit"u8):
                item.Edit = Flag(ref member);
                break;
            case 5 when member.IsNamed("login"u8):
                LoginRecord login = new();
                item.Login = TryRead(ref member, login, ReadMember) ? login : null;
                break;
            case 5 when member.IsNamed("notes"u8):
                item.Notes = Text(ref member);
                break;
            case 6 when member.IsNamed("fields"u8):
                item.Fields = ReadList<FieldRecord>(ref member, ReadMember);
                break;
            case 11 when member.IsNamed("attachments"u8):
                item.Attachments = ReadList<AttachmentRecord>(ref member, ReadMember);
                break;
            case 12 when member.IsNamed("viewPassword"u8):
                item.ViewPassword = Flag(ref member);
                break;
            case 13 when member.IsNamed("collectionIds"u8):
                item.CollectionIds = member.ReadIds();
                break;
            default:
                ReadOfType(ref member, document.Members);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadMember(scoped ref JsonMembers member, LoginRecord login)
    {
        switch (member.NameLength)
        {
            case 3 when member.IsNamed("uri"u8):
                login.Uri = Text(ref member);
                break;
            case 4 when member.IsNamed("uris"u8):
                login.Uris = ReadList<LoginUriRecord>(ref member, ReadMember);
                break;
            case 4 when member.IsNamed("totp"u8):
                login.Totp = Text(ref member);
                break;
            case 8 when member.IsNamed("username"u8):
                login.Username = Text(ref member);
                break;
            case 8 when member.IsNamed("password"u8):
                login.Password = Text(ref member);
                break;
            case 20 when member.IsNamed("passwordRevisionDate"u8):
                login.PasswordRevisionDate = Date(ref member);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadMember(scoped ref JsonMembers member, LoginUriRecord address)
    {
        switch (member.NameLength)
        {
            case 3 when member.IsNamed("uri"u8):
                address.Uri = Text(ref member);
                break;
            case 5 when member.IsNamed("match"u8):
                address.Match = SmallNumber(ref member);
                break;
            case 11 when member.IsNamed("uriChecksum"u8):
                address.UriChecksum = Text(ref member);
                break;
        }
    }

    private static void ReadMember(scoped ref JsonMembers member, FieldRecord field)
    {
        switch (member.NameLength)
        {
            case 4 when member.IsNamed("type"u8):
                field.Type = SmallNumber(ref member);
                break;
            case 4 when member.IsNamed("name"u8):
                field.Name = Text(ref member);
                break;
            case 5 when member.IsNamed("value"u8):
                field.Value = Text(ref member);
                break;
            case 8 when member.IsNamed("linkedId"u8):
                field.LinkedId = SmallNumber(ref member);
                break;
        }
    }

    private static void ReadMember(scoped ref JsonMembers member, AttachmentRecord file)
    {
        switch (member.NameLength)
        {
            case 2 when member.IsNamed("id"u8):
                file.Id = String(ref member);
                break;
            case 3 when member.IsNamed("url"u8):
                file.Url = String(ref member);
                break;
            case 3 when member.IsNamed("key"u8):
                file.Key = String(ref member);
                break;
            case 4 when member.IsNamed("size"u8):
                file.Size = Number(ref member);
                break;
            case 8 when member.IsNamed("fileName"u8):
                file.FileName = String(ref member);
                break;
        }
    }

    // What only items of one type have, such as a card's number. It is null in all others.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadOfType(scoped ref JsonMembers member, List<(string Name, ByteRange Value)> members)
    {
        if (!member.Is('{'))
        {
            return;
        }

        foreach (byte[] name in s_memberObjects)
        {
            if (member.IsNamed(name))
            {
                TryRead(ref member, members, ReadMember);
            }
        }
    }

    private static void ReadMember(scoped ref JsonMembers member, List<(string Name, ByteRange Value)> members)
    {
        if (member.Is('"') && member.Name is { Length: > 0 } name)
        {
            members.Add((name, Text(ref member)));
        }
    }

    // False for what is no object.
    private static bool TryRead<T>(scoped ref JsonMembers member, T into, MemberReader<T> readMember)
    {
        if (!member.Is('{'))
        {
            return false;
        }

        JsonMembers members = member.Enter();
        while (members.Next())
        {
            readMember(ref members, into);
        }

        return true;
    }

    // Null for what is no list. An entry that is no object is left out.
    private static T[]? ReadList<T>(scoped ref JsonMembers member, MemberReader<T> readMember)
        where T : new()
    {
        if (!member.Is('['))
        {
            return null;
        }

        List<T> entries = [];
        JsonMembers list = member.Enter();
        while (list.Next())
        {
            T entry = new();
            if (TryRead(ref list, entry, readMember))
            {
                entries.Add(entry);
            }
        }

        return [.. entries];
    }

    // An empty text is none. What is there but is no text has its place too: nothing can decrypt it, so that it is reported as unreadable and not taken for
    // absent.
    private static ByteRange Text(scoped ref JsonMembers member) =>
        member.Is('n') || (member.Is('"') && member.Value.Length == 2) ? default : member.Value;

    // Of a file, which has other places than the document to come from.
    private static string? String(scoped ref JsonMembers member)
    {
        Utf8JsonReader reader = member.Read();
        return member.Is('n') ? null : JsonText.String(ref reader) ?? TolerantTextConverter.NotText;
    }

    private static long? Number(scoped ref JsonMembers member)
    {
        Utf8JsonReader reader = member.Read();
        return JsonText.Number(ref reader);
    }

    private static int? SmallNumber(scoped ref JsonMembers member)
    {
        Utf8JsonReader reader = member.Read();
        return JsonText.SmallNumber(ref reader);
    }

    private static bool? Flag(scoped ref JsonMembers member) => member.Is('t') ? true : member.Is('f') ? false : null;

    private static DateTimeOffset? Date(scoped ref JsonMembers member)
    {
        Utf8JsonReader reader = member.Read();
        return JsonText.Date(ref reader);
    }
}
