using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Api;

/// <summary>A JSON body with a secret in it, which is zeroed with the request.</summary>
internal sealed class SecretJsonContent : ByteArrayContent
{
    private readonly SecretBytes _json;

    private SecretJsonContent(SecretBytes json)
        : base(json.Segment.Array!, json.Segment.Offset, json.Length)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
    }

    internal static SecretJsonContent Create<T>(T body, JsonTypeInfo<T> type) => new(SecretJson.Serialize(body, type));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _json.Dispose();
        base.Dispose(disposing);
    }
}
