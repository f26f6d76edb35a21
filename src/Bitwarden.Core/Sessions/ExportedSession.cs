using System.Text.Json.Serialization;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Sessions;

/// <summary>What a session is in another process: where, who, its tokens, and its user key unless it was left out. Zeroed when it is disposed.</summary>
internal sealed record ExportedSession : IDisposable
{
    public required string Server { get; init; }

    public required Uri Identity { get; init; }

    public required Uri Api { get; init; }

    public required string Account { get; init; }

    public string? ClientId { get; init; }

    public required Guid DeviceIdentifier { get; init; }

    public required string AccessToken { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    [JsonConverter(typeof(SecretTextConverter))]
    public SecretBytes? RefreshToken { get; set; }

    [JsonConverter(typeof(SecretTextConverter))]
    public SecretBytes? RememberToken { get; set; }

    [JsonConverter(typeof(SecretBase64Converter))]
    public SecretBytes? UserKey { get; set; }

    /// <summary>Until when the text may be taken up; null for one that was not sealed.</summary>
    public DateTimeOffset? ValidUntil { get; set; }

    /// <summary>Whether everything is there that a session needs: a member can be null in a text that somebody forged.</summary>
    [JsonIgnore]
    public bool IsComplete => Identity is not null && Api is not null && Account is not null && AccessToken is not null;

    /// <inheritdoc/>
    public void Dispose()
    {
        RefreshToken?.Dispose();
        RememberToken?.Dispose();
        UserKey?.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => "ExportedSession";
}
