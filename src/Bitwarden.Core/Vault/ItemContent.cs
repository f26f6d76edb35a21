using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>What there is of an item beside its name; each part is decrypted when it is first asked for.</summary>
internal sealed class ItemContent
{
    private readonly CipherCodec? _codec;
    private readonly Lazy<ItemCheck> _check;
    private readonly Lazy<string?> _username;
    private readonly Lazy<IReadOnlyList<ItemAddress>> _addresses;
    private readonly Lazy<IReadOnlyList<string>> _uris;
    private readonly Lazy<IReadOnlyList<ItemField>> _fields;
    private readonly Lazy<IReadOnlyList<ItemAttachment>> _attachments;

    internal ItemContent(CipherCodec codec)
    {
        _codec = codec;
        _check = Once(codec.Check);
        _username = Once(codec.DecryptUsername);
        _addresses = Once(codec.DecryptAddresses);
        _uris = Once<IReadOnlyList<string>>(() => new TextList<string>(Addresses.Select(address => address.Uri)));
        _fields = Once(codec.DecryptFields);
        _attachments = Once(codec.DecryptAttachments);
    }

    /// <summary>The content of an item of which nothing can be read.</summary>
    internal ItemContent(ItemProblem problem)
    {
        Unreadable = problem;
        _check = new Lazy<ItemCheck>(new ItemCheck(new TextList<ItemProblem>([problem]), 0, 0));
        _username = new Lazy<string?>((string?)null);
        _addresses = new Lazy<IReadOnlyList<ItemAddress>>(new TextList<ItemAddress>([]));
        _uris = new Lazy<IReadOnlyList<string>>(new TextList<string>([]));
        _fields = new Lazy<IReadOnlyList<ItemField>>(new TextList<ItemField>([]));
        _attachments = new Lazy<IReadOnlyList<ItemAttachment>>(new TextList<ItemAttachment>([]));
    }

    internal string? Username => _username.Value;

    internal IReadOnlyList<ItemAddress> Addresses => _addresses.Value;

    internal IReadOnlyList<string> Uris => _uris.Value;

    internal IReadOnlyDictionary<string, ItemValue> Values => _codec?.Values ?? new ItemValues(new Dictionary<string, ItemValue>());

    internal IReadOnlyList<ItemField> Fields => _fields.Value;

    internal IReadOnlyList<ItemAttachment> Attachments => _attachments.Value;

    /// <summary>The document; an empty one when nothing can be read.</summary>
    internal CipherRecord Record => _codec?.Record ?? new CipherRecord();

    /// <summary>Why nothing can be read; null when something can.</summary>
    internal ItemProblem? Unreadable { get; }

    /// <summary>What a check of every part found.</summary>
    internal ItemCheck Check => _check.Value;

    /// <summary>Decrypts what a row of a listing shows.</summary>
    internal void DecryptRow() => _ = (Username, Uris, Fields, Attachments);

    // A failure, such as a lock at this moment, is not remembered.
    private static Lazy<T> Once<T>(Func<T> decrypt) => new(decrypt, LazyThreadSafetyMode.PublicationOnly);
}
