using System.Text;
using System.Text.Json;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

/// <summary>Odd documents: what is understood is there, what is no text has a place that nothing decrypts, and nothing takes the rest with it.</summary>
public sealed class CipherDocumentTests
{
    [Theory]
    [InlineData("""{"notes":"a"}""", "\"a\"")]
    [InlineData("""{ "Notes" : "a" , "edit" : true }""", "\"a\"")]
    [InlineData("""{"NOTES":"a"}""", "\"a\"")]
    [InlineData("""{"n\u006ftes":"a"}""", "\"a\"")]
    [InlineData("""{"notes":"a","notes":"b"}""", "\"b\"")]
    [InlineData("""{"notes":"a","notes":null}""", "")]
    [InlineData("""{"notes":""}""", "")]
    [InlineData("""{"notes":null}""", "")]
    [InlineData("""{}""", "")]
    [InlineData("""{"notes":17}""", "17")]
    [InlineData("""{"notes":[]}""", "[]")]
    [InlineData("""{"notes":{"a":"}]"}}""", """{"a":"}]"}""")]
    [InlineData("""{"x":{"notes":"a"},"y":[{"notes":"b"}]}""", "")]
    [InlineData("""{"x":"\"notes\":\"a\"","notes":"q\\\"}{"}""", "\"q\\\\\\\"}{\"")]
    [InlineData("""{"x":"\\\\","notes":"a"}""", "\"a\"")]
    public void TextsHaveTheirPlace(string json, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        ByteRange place = CipherDocument.Parse(bytes).Record.Notes;
        Assert.Equal(expected, Encoding.UTF8.GetString(bytes, place.Start, place.Length));
    }

    [Theory]
    [InlineData("""{"edit":true,"viewPassword":false}""", true, false)]
    [InlineData("""{"edit":"true","viewPassword":0}""", null, null)]
    [InlineData("""{"edit":null}""", null, null)]
    public void FlagsAreTrueOrFalse(string json, bool? edit, bool? viewPassword)
    {
        CipherRecord record = Parse(json).Record;
        Assert.Equal((edit, viewPassword), (record.Edit, record.ViewPassword));
    }

    [Fact]
    public void OddEntriesOfListsAreLeftOut()
    {
        CipherRecord record = Parse("""
            {"fields":[null,1,"x",[],{"type":"3","linkedId":100,"name":"n"},{}],
             "attachments":[{"id":"f","size":"12","fileName":7,"url":null},false],
             "collectionIds":["00000000-0000-0000-0000-000000000001","no",null,{}],
             "login":{"uris":[{"match":3000000000,"uri":"u"},{"match":"1"}],"uri":"v","passwordRevisionDate":"2025-01-02 03:04:05"}}
            """).Record;
        Assert.Equal([(3, 100), (null, null)], record.Fields!.Select(field => (field.Type, field.LinkedId)));
        AttachmentRecord file = Assert.Single(record.Attachments!);
        Assert.Equal(("f", 12L, TolerantTextConverter.NotText, null), (file.Id, file.Size, file.FileName, file.Url));
        Assert.Equal(new Guid("00000000-0000-0000-0000-000000000001"), Assert.Single(record.CollectionIds!));
        Assert.Equal([null, 1], record.Login!.Uris!.Select(uri => uri.Match));
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero), record.Login.PasswordRevisionDate);
    }

    [Theory]
    [InlineData("""{"login":[]}""")]
    [InlineData("""{"login":{"username":"a"},"login":null}""")]
    [InlineData("""{"login":"text"}""")]
    public void WhatIsNoObjectIsNoLogin(string json) => Assert.Null(Parse(json).Record.Login);

    [Theory]
    [InlineData("""{"fields":{},"attachments":"x","collectionIds":1}""")]
    [InlineData("""{"fields":null}""")]
    public void WhatIsNoListIsNone(string json)
    {
        CipherRecord record = Parse(json).Record;
        Assert.Equal((null, null, null), (record.Fields, record.Attachments, record.CollectionIds));
    }

    [Fact]
    public void MembersOfATypeAreThereUnderTheirNames() => Assert.Equal(
        ["number", "Code", "empty"],
        Parse("""{"card":{"number":"a","Code":"b","empty":"","expMonth":1,"nested":{"code":"c"}},"identity":null,"sshKey":[]}""").Members
            .Select(member => member.Name));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("{")]
    [InlineData("""{"a""")]
    [InlineData("""{"a":""")]
    [InlineData("""{"a":"b""")]
    [InlineData("""{"a":{"b":[""")]
    [InlineData("""{"notes":"a",""")]
    public void WhatEndsTooSoonIsMalformed(string json) => Assert.Throws<JsonException>(() => Parse(json));

    private static CipherDocument Parse(string json) => CipherDocument.Parse(Encoding.UTF8.GetBytes(json));
}
