using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>Members of an item that a newer server knows and this one does not, at any depth; lists keep their places.</summary>
internal static class UnknownMembers
{
    private static readonly Type[] s_known = [typeof(CipherContent), typeof(PostedCipher), typeof(CipherResponse)];

    /// <summary>What of a request or an answer has no place in our records.</summary>
    internal static JsonObject Of(JsonObject item) => Find(item, s_known);

    /// <summary>Puts them back where they were.</summary>
    internal static JsonObject AddTo(object answer, JsonObject unknown, JsonSerializerOptions options)
    {
        JsonObject result = JsonSerializer.SerializeToNode(answer, answer.GetType(), options)!.AsObject();
        Merge(result, unknown);
        return result;
    }

    internal static void Merge(JsonObject target, JsonObject unknown)
    {
        foreach ((string name, JsonNode? value) in unknown)
        {
            switch (target[name], value)
            {
                case (JsonObject inner, JsonObject more):
                    Merge(inner, more);
                    break;
                case (JsonArray inner, JsonArray more) when more.All(entry => entry is JsonObject):
                    Merge(inner, more);
                    break;
                default:
                    target[name] = value?.DeepClone();
                    break;
            }
        }
    }

    private static void Merge(JsonArray target, JsonArray unknown)
    {
        foreach ((JsonNode? entry, JsonNode? more) in target.Zip(unknown))
        {
            Merge(entry!.AsObject(), more!.AsObject());
        }
    }

    private static JsonObject Find(JsonObject item, Type[] known)
    {
        JsonObject result = [];
        foreach ((string name, JsonNode? value) in item)
        {
            PropertyInfo? property = known.Select(type => PropertyOf(type, name)).OfType<PropertyInfo>().FirstOrDefault();
            if (property is null)
            {
                result[name] = value?.DeepClone();
            }
            else if (Inside(value, property.PropertyType) is JsonNode inner)
            {
                result[name] = inner;
            }
        }

        return result;
    }

    private static PropertyInfo? PropertyOf(Type type, string name) =>
        type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);

    private static JsonNode? Inside(JsonNode? value, Type type)
    {
        Type content = type.IsGenericType ? type.GetGenericArguments()[0] : type;
        if (content.Namespace != typeof(CipherContent).Namespace)
        {
            return null;
        }

        return value switch
        {
            JsonObject inner when Find(inner, [content]) is { Count: > 0 } found => found,
            JsonArray list when list.All(entry => entry is JsonObject) => InList(list, content),
            _ => null,
        };
    }

    private static JsonArray? InList(JsonArray list, Type content)
    {
        JsonObject[] found = [.. list.Select(entry => Find(entry!.AsObject(), [content]))];
        return found.Any(entry => entry.Count > 0) ? [.. found] : null;
    }
}
