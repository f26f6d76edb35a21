namespace Bitwarden.Core.Vault;

/// <summary>
/// What there is of an item beside its name; each part is decrypted when it is first asked for. A failure, such as a lock at this moment, is not remembered.
/// </summary>
internal sealed class ItemContent
{
    private static readonly Dictionary<string, ItemValue> s_noValues = [];
    private readonly CipherCodec? _codec;
    private volatile ItemCheck? _check;
    private volatile string? _username;
    private volatile IReadOnlyList<ItemAddress>? _addresses;
    private volatile IReadOnlyList<string>? _uris;
    private volatile IReadOnlyList<ItemField>? _fields;
    private volatile IReadOnlyList<ItemAttachment>? _attachments;
    private volatile ItemValues? _values;

    internal ItemContent(CipherCodec codec)
    {
        _codec = codec;
    }

    /// <summary>The content of an item of which nothing can be read.</summary>
    internal ItemContent(ItemProblem problem)
    {
        Unreadable = problem;
        _check = new ItemCheck(new TextList<ItemProblem>([problem]), 0, 0);
    }

    internal string? Username => (_username ??= _codec?.DecryptUsername() ?? string.Empty) is { Length: > 0 } text ? text : null;

    internal IReadOnlyList<ItemAddress> Addresses => _addresses ??= _codec?.DecryptAddresses() ?? [];

    internal IReadOnlyList<string> Uris => _uris ??= new TextList<string>(Addresses.Select(address => address.Uri));

    internal IReadOnlyDictionary<string, ItemValue> Values => _values ??= new ItemValues(_codec?.Values ?? s_noValues);

    internal IReadOnlyList<ItemField> Fields => _fields ??= _codec?.DecryptFields() ?? TextList<ItemField>.Empty;

    internal IReadOnlyList<ItemAttachment> Attachments => _attachments ??= _codec?.DecryptAttachments() ?? TextList<ItemAttachment>.Empty;

    /// <summary>The document; an empty one when nothing can be read.</summary>
    internal CipherRecord Record => _codec?.Record ?? new CipherRecord();

    /// <summary>Why nothing can be read; null when something can.</summary>
    internal ItemProblem? Unreadable { get; }

    /// <summary>What a check of every part found.</summary>
    internal ItemCheck Check => _check ??= _codec!.Check();

    /// <summary>Whether there is a value, which stays encrypted.</summary>
    internal bool Has(string selector) => _codec?.Has(selector) == true;

    /// <summary>Decrypts what a row of a listing shows.</summary>
    internal void DecryptRow() => _ = (Username, Uris, Fields, Attachments);
}
