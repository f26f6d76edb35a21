using Bitwarden.Core.Crypto;

namespace Bitwarden.PowerShell.Desktop;

/// <summary>The clipboard of whoever sits before this machine.</summary>
internal interface IClipboard
{
    /// <summary>Puts text on it, in UTF-8.</summary>
    /// <returns>Whether it is there.</returns>
    bool TryWrite(ReadOnlySpan<byte> text);

    /// <summary>Reads the text on it, in UTF-8, if it is not longer than this; null for none.</summary>
    SecretBytes? TryRead(int length);

    /// <summary>Empties it.</summary>
    void Clear();
}
