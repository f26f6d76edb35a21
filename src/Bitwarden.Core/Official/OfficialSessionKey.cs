using System.Buffers;
using System.Buffers.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Official;

/// <summary>BW_SESSION: base64 of 64 bytes, under which the official client stores the user key (protocol 10.1).</summary>
internal sealed class OfficialSessionKey : IDisposable
{
    private readonly SymmetricKey _key;

    private OfficialSessionKey(SymmetricKey key)
    {
        _key = key;
    }

    /// <exception cref="OfficialClientException">OfficialClientLocked: not a session key.</exception>
    internal static OfficialSessionKey Parse(SecretBytes text)
    {
        using SecretBytes bytes = new(text.Length);
        OperationStatus status = Base64.DecodeFromUtf8(text.Span, bytes.Span, out _, out int written);
        return status == OperationStatus.Done && written == SymmetricKey.Length
            ? new OfficialSessionKey(new SymmetricKey(bytes.Span[..written]))
            : throw OfficialClientException.SessionKeyMalformed();
    }

    /// <summary>Opens a protected entry; null when it was stored under another session key.</summary>
    /// <exception cref="EncryptionException">UnsupportedEncryption: the user key is of a kind that cannot be used yet.</exception>
    internal SymmetricKey? TryOpen(string entry)
    {
        byte[] buffer = new byte[entry.Length];
        if (!Convert.TryFromBase64String(entry, buffer, out int written))
        {
            return null;
        }

        try
        {
            return _key.UnwrapKey(EncString.ParseBuffer(buffer.AsSpan(0, written)));
        }
        catch (EncryptionException e) when (e.Code is ErrorCodes.DecryptionFailed or ErrorCodes.MalformedEncString)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
