using System.Text;
using System.Text.Json;
using Bitwarden.Core.Api.Wire;
using Xunit;

namespace Bitwarden.Core.Tests.Api;

public sealed class CipherRecordTests
{
    private const string Blob = """{"format_version":1,"wrapped_cek":"2.a|b|c","envelope":"AA=="}""";

    [Fact]
    public void SealedBlobIsKept() => Assert.Equal(Blob, Read(JsonSerializer.Serialize(Blob)).SealedData);

    [Fact]
    public void SealedBlobIsKeptWhenItArrivesInPieces() =>
        Assert.Equal(Blob, ReadInPieces(JsonSerializer.Serialize(Blob)).SealedData);

    [Theory]
    [InlineData("null")]
    [InlineData("\"{\\\"Name\\\":\\\"2.a|b|c\\\"}\"")]
    [InlineData("{\"name\":\"2.a|b|c\",\"fields\":[1]}")]
    public void ServersOwnCopyIsPassedOver(string data)
    {
        CipherRecord record = Read(data);
        Assert.Null(record.SealedData);
        Assert.Equal("after", record.Notes);
    }

    private static CipherRecord Read(string data) => JsonSerializer.Deserialize(Json(data), WireJson.Default.SyncResponse)!.Ciphers![0];

    private static CipherRecord ReadInPieces(string data)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(Json(data)));
        JsonSerializerOptions options = new(WireJson.Default.Options) { DefaultBufferSize = 16 };
        return JsonSerializer.DeserializeAsync<SyncResponse>(stream, options).AsTask().GetAwaiter().GetResult()!.Ciphers![0];
    }

    private static string Json(string data) => $$"""{"ciphers":[{"name":"before","data":{{data}},"notes":"after"}]}""";
}
