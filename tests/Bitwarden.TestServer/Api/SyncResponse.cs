using System.Text.Json.Serialization;

namespace Bitwarden.TestServer.Api;

/// <summary>Everything a client keeps; what old servers do not send is left out when null.</summary>
internal sealed record SyncResponse
{
    public string Object { get; init; } = "sync";

    public required ProfileResponse Profile { get; init; }

    public required IEnumerable<object> Folders { get; init; }

    public required IEnumerable<object> Collections { get; init; }

    public required IEnumerable<WrittenCipher> Ciphers { get; init; }

    public object? Domains { get; init; }

    public object[] Policies { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object[]? PoliciesNew { get; init; }

    public object[] Sends { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? UserDecryption { get; init; }
}
