using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Failure of <c>POST connect/token</c>, and the error body of the API.</summary>
internal sealed partial record TokenErrorResponse
{
    public string? Error { get; init; }

    [JsonPropertyName("error_description")]
    public string? ErrorDescription { get; init; }

    public ErrorModelRecord? ErrorModel { get; init; }

    public string? Message { get; init; }

    [JsonPropertyName("HCaptcha_SiteKey")]
    public string? HCaptchaSiteKey { get; init; }

    public Dictionary<string, JsonElement>? TwoFactorProviders2 { get; init; }

    public string? SsoEmail2faSessionToken { get; init; }

    public Dictionary<string, JsonElement>? ValidationErrors { get; init; }

    /// <summary>
    /// What to show: the model's text, the API's text, then the OAuth texts. Long unbroken runs are left out: a server that echoes what was sent
    /// must not bring a secret, a hash or a token into a message.
    /// </summary>
    internal string? BestMessage() => FirstText(ErrorModel?.Message, FirstValidationError(), Message, ErrorDescription, Error);

    /// <summary>Whether a check of one of the members, or of none in particular, says one of these.</summary>
    internal bool HasValidationError(params string[] texts) => (ValidationErrors ?? []).Values
        .Where(value => value.ValueKind == JsonValueKind.Array)
        .SelectMany(value => value.EnumerateArray())
        .Where(text => text.ValueKind == JsonValueKind.String)
        .Select(text => WireJson.TextOf(text))
        .Any(told => Array.Exists(texts, text => told?.Contains(text, StringComparison.OrdinalIgnoreCase) == true));

    private string? FirstValidationError() => ValidationErrors?.Values
        .Where(value => value.ValueKind == JsonValueKind.Array)
        .SelectMany(value => value.EnumerateArray())
        .FirstOrDefault(text => text.ValueKind == JsonValueKind.String) is { ValueKind: JsonValueKind.String } first
        ? WireJson.TextOf(first)
        : null;

    private static string? FirstText(params string?[] texts) =>
        Array.Find(texts, text => !string.IsNullOrWhiteSpace(text)) is string first ? LongRun().Replace(first, "…") : null;

    [GeneratedRegex(@"[^\s'""]{24,}")]
    private static partial Regex LongRun();
}

/// <summary>The readable part of a token error.</summary>
internal sealed record ErrorModelRecord
{
    public string? Message { get; init; }
}
