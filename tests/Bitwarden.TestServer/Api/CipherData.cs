using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>The item's content as the official server stores it: one JSON text with PascalCase names.</summary>
internal static class CipherData
{
    private static readonly string[] s_members =
        ["", "Login", "SecureNote", "Card", "Identity", "SSHKey", "BankAccount", "DriversLicense", "Passport"];

    internal static string Write(int type, CipherContent content)
    {
        object member = content.MemberFor(type) ?? new SecureNoteData();
        JsonObject data = JsonSerializer.SerializeToNode(member, member.GetType(), ApiJson.Pascal)!.AsObject();
        data["Name"] = content.Name;
        data["Notes"] = content.Notes;
        data["Fields"] = JsonSerializer.SerializeToNode(content.Fields, ApiJson.Pascal);
        data["PasswordHistory"] = JsonSerializer.SerializeToNode(content.PasswordHistory, ApiJson.Pascal);
        return data.ToJsonString();
    }

    internal static bool IsSealed(string data)
    {
        using JsonDocument document = Parse(data);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("format_version", out _);
    }

    internal static CipherContent Read(int type, string data)
    {
        using JsonDocument document = Parse(data);
        JsonObject shell = new()
        {
            [s_members[type]] = JsonNode.Parse(data),
        };
        CipherContent common = document.RootElement.Deserialize<CipherContent>(ApiJson.Pascal) ?? new();
        CipherContent typed = shell.Deserialize<CipherContent>(ApiJson.Pascal) ?? new();
        return typed with { Name = common.Name, Notes = common.Notes, Fields = common.Fields, PasswordHistory = common.PasswordHistory };
    }

    private static JsonDocument Parse(string data)
    {
        try
        {
            return JsonDocument.Parse(data);
        }
        catch (JsonException)
        {
            throw ApiException.Unhandled();
        }
    }
}
