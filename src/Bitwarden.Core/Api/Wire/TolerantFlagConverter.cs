using System.Text.Json;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Reads a flag.</summary>
internal sealed class TolerantFlagConverter : TolerantValueConverter<bool>
{
    private protected override bool? Understand(ref Utf8JsonReader reader) => JsonText.Boolean(ref reader);
}
