using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>The generated readers and writers. Casing is ignored and numbers may be text, because servers differ in both.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(TokenErrorResponse))]
[JsonSerializable(typeof(PreloginResponse))]
[JsonSerializable(typeof(PreloginRequest))]
[JsonSerializable(typeof(EmailCodeRequest))]
[JsonSerializable(typeof(NewDeviceCodeRequest))]
[JsonSerializable(typeof(PasswordVerificationRequest))]
[JsonSerializable(typeof(ApiKeyResponse))]
[JsonSerializable(typeof(KeyConnectorResponse))]
[JsonSerializable(typeof(ConfigResponse))]
[JsonSerializable(typeof(AttachmentRecord))]
[JsonSerializable(typeof(AttachmentUploadResponse))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Whether an exception of a reader means that the JSON is not what it should be. Some values make readers throw others than their own.</summary>
    internal static bool IsUnreadable(Exception exception) => exception
        is JsonException or NotSupportedException or FormatException or OverflowException or ArgumentException
        or (InvalidOperationException and not ObjectDisposedException);

    /// <summary>A date; null for what is none.</summary>
    internal static System.DateTimeOffset? DateOf(JsonElement text) =>
        System.DateTimeOffset.TryParse(TextOf(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out System.DateTimeOffset date)
            ? date
            : null;

    /// <summary>A text; null for one that is none, such as half of a surrogate pair.</summary>
    internal static string? TextOf(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
