using Bitwarden.Core.Crypto;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Masking;

namespace Bitwarden.PowerShell.Injection;

/// <summary>Values by their references, each read once. Dispose it to zero them.</summary>
internal sealed class ReadValues : IDisposable
{
    private readonly Dictionary<string, (ResolvedReference Reference, DecryptedSecret Secret)> _values = new(StringComparer.Ordinal);

    /// <summary>The value, which stays this object's.</summary>
    internal DecryptedSecret this[string reference] => _values[reference].Secret;

    /// <summary>The item that it is from.</summary>
    internal VaultItem ItemOf(string reference) => _values[reference].Reference.Item;

    internal void Add(string text, ResolvedReference reference, DecryptedSecret secret) => _values.Add(text, (reference, secret));

    /// <summary>Those of some references, for the log's filter.</summary>
    internal IReadOnlyList<MaskedValue> ForMask(IEnumerable<WantedValue> wanted) =>
    [
        .. wanted.Select(one => one.Reference).Distinct(StringComparer.Ordinal).Select(text => _values[text])
            .Select(value => new MaskedValue(value.Reference.ToString(), value.Secret.Value)),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, DecryptedSecret secret) in _values.Values)
        {
            secret.Dispose();
        }
    }
}
