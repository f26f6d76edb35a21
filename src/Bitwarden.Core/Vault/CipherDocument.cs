using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>An item's document, parsed when something of it is asked for. Still encrypted, and only places: nothing of the document is copied.</summary>
internal sealed class CipherDocument
{
    /// <summary>What items of every type have, and logins.</summary>
    internal CipherRecord Record { get; } = new();

    /// <summary>The members that only the item's type has, such as a card's number.</summary>
    internal List<(string Name, ByteRange Value)> Members { get; } = [];

    /// <inheritdoc cref="CipherDocumentReader.Read"/>
    internal static CipherDocument Parse(ReadOnlySpan<byte> json) => CipherDocumentReader.Read(json);
}
