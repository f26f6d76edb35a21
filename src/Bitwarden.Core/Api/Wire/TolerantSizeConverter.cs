using System.Text.Json;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Reads a size in bytes: text on the official server, a number on some others.</summary>
internal sealed class TolerantSizeConverter : TolerantValueConverter<long>
{
    private protected override long? Understand(ref Utf8JsonReader reader) => JsonText.Number(ref reader);
}
