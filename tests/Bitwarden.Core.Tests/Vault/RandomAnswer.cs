using System.Globalization;
using System.Text;

namespace Bitwarden.Core.Tests.Vault;

/// <summary>
/// Writes sync answers as no server does, but might: members in any order, unknown ones, several of one name, both casings, escapes, any white space, odd
/// values, and the server's own copy of an item in any place.
/// </summary>
internal sealed class RandomAnswer(int seed)
{
    private const string Blob = """{\"format_version\":1,\"envelope\":\"AA==\"}""";

    private static readonly string[] s_texts =
        ["name", "notes", "key", "object", "futureText", "creationDate", "revisionDate", "deletedDate", "archivedDate", "folderId", "organizationId"];

    private static readonly string[] s_objects = ["login", "card", "identity", "sshKey", "bankAccount", "futureThing", "permissions"];
    private static readonly string[] s_inner =
        ["uri", "username", "password", "totp", "number", "SSN", "passwordRevisionDate", "uris", "linkedId", "value", "id"];
    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    internal string Write()
    {
        string[] parts =
        [
            "\"profile\":{\"email\":\"a\"}", "\"ciphers\":[{\"id\":\"early\"},{\"data\":\"early\"}]", "\"future\":[1,{\"ciphers\":[{}]}]", "\"Folders\":[]",
        ];
        _text.Append('{').AppendJoin(',', parts.Take(_random.Next(1, parts.Length + 1)));
        _text.Append(',').Append(Casing("ciphers")).Append(':');
        WriteList(_random.Next(0, 8), WriteItem);
        return _text.Append(Chance(2) ? "}" : ",\"sends\":[{\"data\":\"x\"}]}").ToString();
    }

    private void WriteItem()
    {
        if (Chance(20))
        {
            _text.Append(Pick("null", "7", "[{\"id\":\"x\",\"data\":\"y\"}]", "\"text\""));
            return;
        }

        List<Action> members = [.. Enumerable.Range(0, _random.Next(0, 14)).Select(_ => (Action)WriteMember)];
        members.AddRange(Enumerable.Range(0, _random.Next(0, 4)).Select(_ => (Action)WriteCopy));
        members.AddRange(Enumerable.Repeat((Action)WriteId, Chance(15) ? 0 : Chance(10) ? 2 : 1));
        Action[] order = [.. members];
        _random.Shuffle(order);
        WriteObject(order);
    }

    private void WriteObject(IReadOnlyList<Action> members)
    {
        _text.Append('{').Append(Space());
        for (int i = 0; i < members.Count; i++)
        {
            _text.Append(i > 0 ? "," : string.Empty).Append(Space());
            members[i]();
            _text.Append(Space());
        }

        _text.Append('}');
    }

    private void WriteList(int count, Action write)
    {
        _text.Append('[').Append(Space());
        for (int i = 0; i < count; i++)
        {
            _text.Append(i > 0 ? "," : string.Empty).Append(Space());
            write();
            _text.Append(Space());
        }

        _text.Append(']');
    }

    private void WriteMember()
    {
        switch (_random.Next(6))
        {
            case 0:
                WriteName(Pick(s_objects));
                WriteObject([.. Enumerable.Range(0, _random.Next(0, 5)).Select(_ => (Action)WriteInner)]);
                break;
            case 1:
                WriteName(Pick("fields", "attachments", "collectionIds", "futureList"));
                WriteList(_random.Next(0, 3), () => WriteObject([WriteInner, WriteInner]));
                break;
            case 2:
                WriteName(Pick("type", "reprompt", "favorite", "viewPassword", "futureNumber"));
                _text.Append(Pick("1", "0", "\"1\"", "true", "false", "null", "1.5", "9e99", "\"\""));
                break;
            case 3:
                WriteName(Pick("creationDate", "revisionDate", "deletedDate"));
                _text.Append(Pick("\"2024-05-06T07:08:09.12Z\"", "\"2024-05-06 07:08:09\"", "\"\"", "null", "5"));
                break;
            default:
                WriteName(Pick(s_texts));
                WriteValue();
                break;
        }
    }

    private void WriteInner()
    {
        WriteName(Pick(s_inner));
        WriteValue();
    }

    private void WriteValue() => _text.Append(_random.Next(8) switch
    {
        0 => "null",
        1 => "12",
        2 => "{\"data\":\"inner\",\"id\":[]}",
        3 => $"\"{RandomId()}\"",
        _ => Text(Pick("2.aGVsbG8=|d29ybGQ=|IQ==", "straße", "a/b+c", "quote \" and \\ slash", "🔑", "}],{", "data", string.Empty)),
    });

    private void WriteId()
    {
        WriteName("id");
        _text.Append(Chance(10) ? Pick("null", "7", "\"no id\"", "{}") : $"\"{RandomId()}\"");
    }

    // Every kind of copy that is left out, and now and then a sealed blob, which is kept.
    private void WriteCopy()
    {
        WriteName("data");
        _text.Append(Chance(8)
            ? $"\"{Blob}\""
            : Pick("null", "\"\"", "\"{\\\"Name\\\":\\\"2.a|b|c\\\",\\\"x\\\":\\\"}],{\\\"}\"", "{\"name\":\"x\",\"data\":[{}]}", "[1,\"]\"]", "5"));
    }

    private void WriteName(string name) => _text.Append(Casing(name)).Append(Space()).Append(':').Append(Space());

    private string Casing(string name) => Text(_random.Next(4) switch
    {
        0 => char.ToUpperInvariant(name[0]) + name[1..],
        1 when Chance(4) => name.ToUpperInvariant(),
        _ => name,
    });

    private string Text(string text)
    {
        int escaping = Chance(4) ? 3 : Chance(3) ? 40 : 0;
        IEnumerable<string> written = text.EnumerateRunes()
            .Select(rune => MustEscape(rune) || (escaping > 0 && Chance(escaping)) ? Escape(rune) : rune.ToString());
        return $"\"{string.Concat(written)}\"";
    }

    private static bool MustEscape(Rune rune) => rune.Value is '"' or '\\';

    private string Escape(Rune rune) => (MustEscape(rune) || rune.Value == '/') && Chance(2)
        ? $"\\{rune}"
        : string.Concat(rune.ToString().Select(c => $"\\u{((int)c).ToString(Chance(2) ? "x4" : "X4", CultureInfo.InvariantCulture)}"));

    private Guid RandomId()
    {
        byte[] bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private string Space() => _random.Next(12) switch { 0 => " ", 1 => "\r\n\t", _ => string.Empty };

    private bool Chance(int of) => _random.Next(of) == 0;

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
