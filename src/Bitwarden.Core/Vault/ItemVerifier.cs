using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// Checks the MAC of everything in an item that has one, and the addresses against their checksums. Hidden values too: a check shows nothing.
/// </summary>
internal sealed class ItemVerifier
{
    private readonly CipherCodec _codec;
    private readonly SymmetricKey _key;
    private readonly List<ItemProblem> _problems = [];
    private int _values;

    private ItemVerifier(CipherCodec codec, SymmetricKey key)
    {
        _codec = codec;
        _key = key;
    }

    /// <param name="codec">The item's.</param>
    /// <param name="key">The item's.</param>
    /// <param name="nameProblem">What is wrong with the name; null when nothing is.</param>
    /// <param name="json">The item's document.</param>
    internal static ItemCheck Run(CipherCodec codec, SymmetricKey key, ItemProblem? nameProblem, ReadOnlySpan<byte> json)
    {
        ItemVerifier verifier = new(codec, key);
        if (nameProblem is not null)
        {
            verifier._problems.Add(nameProblem);
        }

        verifier.CheckAddresses();
        verifier.CheckValues();
        verifier.CheckFields();
        verifier.CheckAttachments();
        foreach ((string field, string wire) in UnmodelledValues.Read(json))
        {
            verifier.Check(field, wire);
        }

        return new ItemCheck(new TextList<ItemProblem>(verifier._problems), verifier._values + 1, codec.Record.Attachments?.Length ?? 0);
    }

    private void CheckAddresses()
    {
        LoginUriRecord[] records = CipherCodec.AddressesOf(_codec.Record);
        for (int i = 0; i < records.Length; i++)
        {
            string field = $"uris[{i}]";
            Check(field, records[i].Uri);
            Check(field, records[i].UriChecksum);
            if (_codec.Text(_key, records[i].Uri) is string uri && !_codec.IsTrusted(_key, records[i], uri))
            {
                _problems.Add(new ItemProblem(field, ItemProblem.UriChecksumMismatch));
            }
        }
    }

    private void CheckValues()
    {
        foreach ((string selector, ItemValue value) in _codec.Values)
        {
            Check(selector, value.Place);
        }

        if (_codec.Record.ViewPassword == false)
        {
            Check("password", _codec.Record.Login?.Password ?? default);
            Check("totp", _codec.Record.Login?.Totp ?? default);
        }
    }

    private void CheckFields()
    {
        FieldRecord[] fields = _codec.Record.Fields ?? [];
        for (int i = 0; i < fields.Length; i++)
        {
            Check($"fields[{i}].name", fields[i].Name);
            Check($"fields[{i}]", fields[i].Value);
        }
    }

    private void CheckAttachments()
    {
        AttachmentRecord[] files = _codec.Record.Attachments ?? [];
        for (int i = 0; i < files.Length; i++)
        {
            Check($"attachments[{i}]", files[i].FileName);
            Check($"attachments[{i}].key", files[i].Key);
        }
    }

    private void Check(string field, ByteRange place)
    {
        if (!place.IsEmpty)
        {
            Check(field, () => EncString.ParseJson(_codec.Part(place)));
        }
    }

    private void Check(string field, string? wire)
    {
        if (!string.IsNullOrEmpty(wire))
        {
            Check(field, () => EncString.Parse(wire));
        }
    }

    private void Check(string field, Func<EncString> parse)
    {
        _values++;
        try
        {
            _key.Verify(parse());
        }
        catch (EncryptionException e)
        {
            _problems.Add(new ItemProblem(field, e.Code));
        }
    }
}
