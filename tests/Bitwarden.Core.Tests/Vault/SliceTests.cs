using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

/// <summary>
/// The slice of an item parses to what the parse of the whole answer says about it, whatever the answer looks like. BW_TEST_DOCUMENTS says how many answers
/// are tried, BW_TEST_SEED which is the first.
/// </summary>
public sealed class SliceTests
{
    private const int FewDocuments = 400;
    private static readonly int s_first = TestSetting.Read("BW_TEST_SEED", 1);
    private static readonly int s_count = TestSetting.Read("BW_TEST_DOCUMENTS", FewDocuments);

    [Fact]
    public void SliceParsesToWhatTheWholeDocumentSays()
    {
        int items = 0;
        for (int seed = s_first; seed < s_first + s_count; seed++)
        {
            string answer = new RandomAnswer(seed).Write();
            try
            {
                items += Check(answer);
            }
            catch (Exception e) when (e is Xunit.Sdk.XunitException or JsonException or InvalidOperationException)
            {
                throw new InvalidOperationException($"Answer of seed {seed}: {answer}", e);
            }
        }

        Assert.True(items > s_count, "The answers are nearly empty.");
    }

    [Fact]
    public void AnswerBesideTheOneBeforeGivesWhatItGivesAlone()
    {
        for (int seed = s_first; seed < s_first + s_count; seed++)
        {
            string before = new RandomAnswer(seed).Write();
            string after = Vary(before, new RandomAnswer(seed + 1).Write(), new Random(seed));
            try
            {
                KnownItemsTests.Check(before, before);
                KnownItemsTests.Check(before, after);
            }
            catch (Exception e) when (e is Xunit.Sdk.XunitException or InvalidOperationException)
            {
                throw new InvalidOperationException($"Answers of seed {seed}: {before} {after}", e);
            }
        }
    }

    // The same items with other copies, some of them missing, some new, now and then in another order.
    private static string Vary(string answer, string other, Random random)
    {
        List<string> items = [.. Elements(answer).Where(_ => random.Next(6) > 0)];
        foreach (string added in Elements(other).Where(_ => random.Next(4) == 0))
        {
            items.Insert(random.Next(items.Count + 1), added);
        }

        string[] order = [.. items.Select(item => random.Next(3) == 0 ? WithOtherCopies(item) : item)];
        if (random.Next(4) == 0)
        {
            random.Shuffle(order);
        }

        return $$"""{"profile":{"email":"a"},"ciphers":[{{string.Join(random.Next(2) == 0 ? "," : " , ", order)}}]}""";
    }

    private static string WithOtherCopies(string item) => item
        .Replace("\"data\":null", "\"data\" : \"other \\\\\"", StringComparison.OrdinalIgnoreCase)
        .Replace("\"data\":\"\"", "\"data\":null", StringComparison.OrdinalIgnoreCase)
        .Replace("\"x\\\"", "\"longer, and other", StringComparison.Ordinal);

    private static string[] Elements(string answer)
    {
        using JsonDocument whole = JsonDocument.Parse(answer);
        return [.. Last(whole.RootElement, "ciphers")!.Value.EnumerateArray().Select(item => item.GetRawText())];
    }

    private static int Check(string answer)
    {
        IReadOnlyList<CipherRow> rows = SyncReader.Read(Encoding.UTF8.GetBytes(answer), DateTimeOffset.UnixEpoch).Ciphers;
        using JsonDocument whole = JsonDocument.Parse(answer);
        JsonElement[] items = [.. Last(whole.RootElement, "ciphers")!.Value.EnumerateArray().Where(item => IsItem(item))];
        Assert.Equal(items.Length, rows.Count);
        for (int i = 0; i < items.Length; i++)
        {
            CheckMembers(items[i], rows[i]);
            CheckRow(items[i], rows[i]);
            CheckDocument(items[i], rows[i]);
        }

        return items.Length;
    }

    // Member by member, in order; only the server's own copies are missing.
    private static void CheckMembers(JsonElement item, CipherRow row)
    {
        using JsonDocument slice = JsonDocument.Parse(row.Json.ToArray());
        Assert.Equal(
            item.EnumerateObject().Where(member => !Is(member, "data") || IsSealed(member.Value)).Select(Text),
            slice.RootElement.EnumerateObject().Select(Text));
    }

    private static void CheckRow(JsonElement item, CipherRow row)
    {
        JsonElement? id = Last(item, "id", IsId);
        Assert.Equal(id!.Value.GetGuid(), row.Id);
        Assert.Equal(IsOdd(item), row.Has(CipherFlags.Malformed));
        Assert.Equal(DateOf(item, "deletedDate"), row.DeletedDate.Value);
        if (row.Has(CipherFlags.Malformed))
        {
            return;
        }

        Assert.Equal(StringOf(Last(item, "name")), StringIn(row.NameJson));
        Assert.Equal(StringOf(Last(item, "key")), StringIn(row.KeyJson));
        Assert.Equal(GuidOf(item, "organizationId"), row.OrganizationId);
        Assert.Equal(GuidOf(item, "folderId"), row.FolderId);
        Assert.Equal(DateOf(item, "creationDate"), row.CreationDate.Value);
        Assert.Equal(DateOf(item, "revisionDate"), row.RevisionDate.Value);
        Assert.Equal(Last(item, "favorite")?.ValueKind == JsonValueKind.True, row.Has(CipherFlags.Favorite));
        Assert.Equal(NumberOf(Last(item, "reprompt")) == 1, row.Has(CipherFlags.Reprompt));
        Assert.Equal(NumberOf(Last(item, "type")) ?? 0, row.Type);
        Assert.Equal(Last(item, "data") is JsonElement copy && IsSealed(copy), row.Has(CipherFlags.SealedBlob));
    }

    private static void CheckDocument(JsonElement item, CipherRow row)
    {
        byte[] whole = Encoding.UTF8.GetBytes(item.GetRawText());
        byte[] slice = row.Json.ToArray();
        CipherDocument ofWhole = CipherDocument.Parse(whole);
        CipherDocument ofSlice = CipherDocument.Parse(slice);
        Assert.Equal(Describe(ofWhole.Record, whole), Describe(ofSlice.Record, slice));
        Assert.Equal(MembersOfTypes(item), ofWhole.Members.Select(member => (member.Name, StringIn(whole, member.Value))));
        Assert.Equal(MembersOfTypes(item), ofSlice.Members.Select(member => (member.Name, StringIn(slice, member.Value))));
    }

    private static IEnumerable<(string Name, string Value)> MembersOfTypes(JsonElement item) => item.EnumerateObject()
        .Where(member => member.Value.ValueKind == JsonValueKind.Object)
        .Where(member => Is(member, "card") || Is(member, "identity") || Is(member, "sshKey") || Is(member, "bankAccount"))
        .SelectMany(member => member.Value.EnumerateObject())
        .Where(member => member.Value.ValueKind == JsonValueKind.String)
        .Select(member => (member.Name, member.Value.GetString()!));

    private static bool IsItem(JsonElement item) => item.ValueKind == JsonValueKind.Object && Last(item, "id") is JsonElement id && IsId(id);

    private static bool IsOdd(JsonElement item) => item.EnumerateObject().Any(member =>
        ((Is(member, "name") || Is(member, "key")) && member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
        || (Is(member, "type") && member.Value.ValueKind != JsonValueKind.Null && NumberOf(member.Value) is null)
        || (Is(member, "organizationId") && !IsId(member.Value) && member.Value.ValueKind != JsonValueKind.Null && StringOf(member.Value) != string.Empty));

    private static bool IsSealed(JsonElement copy) => StringOf(copy)?.Contains("\"format_version\"", StringComparison.Ordinal) == true;

    private static bool IsId(JsonElement value) => value.ValueKind == JsonValueKind.String && value.TryGetGuid(out _);

    private static Guid GuidOf(JsonElement item, string name) => Last(item, name) is JsonElement value && IsId(value) ? value.GetGuid() : Guid.Empty;

    private static string? StringOf(JsonElement? value) => value?.ValueKind == JsonValueKind.String ? value.Value.GetString() : null;

    private static string? StringIn(ReadOnlySpan<byte> json) => json.IsEmpty ? null : JsonSerializer.Deserialize<string>(json);

    private static int? NumberOf(JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.Number => value.Value.TryGetInt32(out int number) ? number : null,
        JsonValueKind.String => IntegerOf(value.Value.GetString()),
        _ => null,
    };

    private static int? IntegerOf(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static DateTimeOffset? DateOf(JsonElement item, string name) =>
        DateTimeOffset.TryParse(StringOf(Last(item, name)), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date.ToUniversalTime()
            : null;

    private static JsonElement? Last(JsonElement parent, string name, Func<JsonElement, bool>? where = null) => parent.EnumerateObject()
        .Where(member => Is(member, name) && (where is null || where(member.Value)))
        .Select(member => (JsonElement?)member.Value)
        .LastOrDefault();

    private static bool Is(JsonProperty member, string name) => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Text(JsonProperty member) => $"{member.Name}:{member.Value.GetRawText()}";

    private static string StringIn(byte[] document, ByteRange place) =>
        place.IsEmpty ? string.Empty : JsonSerializer.Deserialize<string>(document.AsSpan(place.Start, place.Length))!;

    private static string Describe(object? value, byte[] document) => value switch
    {
        null => "none",
        string text => text,
        ByteRange place => Encoding.UTF8.GetString(document.AsSpan(place.Start, place.Length)),
        IEnumerable list => $"[{string.Join(',', list.Cast<object?>().Select(entry => Describe(entry, document)))}]",
        CipherRecord or LoginRecord or LoginUriRecord or FieldRecord or AttachmentRecord => string.Join(';', MembersOf(value, document)),
        _ => value.ToString()!,
    };

    private static IEnumerable<string> MembersOf(object record, byte[] document) => record.GetType()
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(property => property.Name != "EqualityContract")
        .Select(property => $"{property.Name}={Describe(property.GetValue(record), document)}");
}
