using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault.Editing;

/// <summary>Finds what differs between two versions of an item, by what they mean: each write encrypts anew, so that the ciphertext always differs.</summary>
internal sealed class ItemComparison
{
    private readonly SymmetricKey _leftKey;
    private readonly SymmetricKey _rightKey;
    private readonly List<string> _differences = [];

    private ItemComparison(SymmetricKey left, SymmetricKey right)
    {
        _leftKey = left;
        _rightKey = right;
    }

    /// <summary>The names of the members that differ, never a value.</summary>
    internal static IReadOnlyList<string> Differences(VaultItem left, VaultItem right)
    {
        CipherRequest from = CipherRequest.From(left);
        CipherRequest to = CipherRequest.From(right);
        return left.Access.WithItemKey(left.Row, leftKey => right.Access.WithItemKey(right.Row, rightKey =>
        {
            ItemComparison comparison = new(leftKey, rightKey);
            comparison.Compare(from.Body, to.Body, string.Empty);
            return comparison._differences;
        }));
    }

    private void Compare(JsonNode? left, JsonNode? right, string path)
    {
        switch (left, right)
        {
            case (JsonObject from, JsonObject to):
                CompareMembers(from, to, path);
                break;
            case (JsonArray from, JsonArray to) when from.Count == to.Count:
                for (int i = 0; i < from.Count; i++)
                {
                    Compare(from[i], to[i], $"{path}[{i}]");
                }

                break;
            default:
                AddUnless(JsonNode.DeepEquals(left, right) || MeanTheSame(left, right), path);
                break;
        }
    }

    private void CompareMembers(JsonObject from, JsonObject to, string path)
    {
        string[] names = [.. from.Select(member => member.Key).Union(to.Select(member => member.Key), StringComparer.OrdinalIgnoreCase)];
        foreach (string name in names.Where(name => !IsOfVersion(name)))
        {
            Compare(from[name], to[name], path.Length == 0 ? name : $"{path}.{name}");
        }
    }

    // They tell versions apart, and are not what anybody changes.
    private static bool IsOfVersion(string name) => name is "key" or "lastKnownRevisionDate";

    private bool MeanTheSame(JsonNode? left, JsonNode? right)
    {
        if (IsNothing(left) && IsNothing(right))
        {
            return true;
        }

        using SecretBytes? from = Decrypt(_leftKey, left);
        using SecretBytes? to = Decrypt(_rightKey, right);
        return from is not null && to is not null && CryptographicOperations.FixedTimeEquals(from.Span, to.Span);
    }

    private static bool IsNothing(JsonNode? node) => node is null or JsonArray { Count: 0 } or JsonObject { Count: 0 };

    private static SecretBytes? Decrypt(SymmetricKey key, JsonNode? node)
    {
        try
        {
            return CipherRequest.Text(node) is string wire && EncString.TryParse(wire, out EncString? value) ? key.Decrypt(value) : null;
        }
        catch (EncryptionException)
        {
            return null;
        }
    }

    private void AddUnless(bool same, string path)
    {
        if (!same)
        {
            _differences.Add(path);
        }
    }
}
