using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Transfer;

/// <summary>
/// Tells by their content whether two items are the same, whoever encrypted them and when. The mark of a favourite and the archive do not count: not every
/// server keeps them. Under a key of its own, so that nothing can be learnt from what is kept.
/// </summary>
internal sealed class ItemFingerprint : IDisposable
{
    private readonly SecretBytes _key = new(32);

    internal ItemFingerprint() => RandomNumberGenerator.Fill(_key.Span);

    /// <summary>The fingerprint of an item.</summary>
    /// <param name="body">Its encrypted document.</param>
    /// <param name="owner">The key of its owner.</param>
    /// <param name="places">Names of its folder or its collections.</param>
    /// <exception cref="TransferException">A value cannot be read.</exception>
    internal string Of(JsonObject body, SymmetricKey owner, IEnumerable<string> places)
    {
        using SecretBufferWriter buffer = new();
        using (Utf8JsonWriter json = SecretJson.Writer(buffer, isIndented: false))
        {
            SealedItem.Open(body, owner, item =>
            {
                new ItemDocumentWriter(json, item, ItemForm.Content).Write();
                return true;
            });
        }

        using SecretBytes content = buffer.ToSecret();
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key.Span);
        hash.AppendData(content.Span);
        foreach (string place in places.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{place}"));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
