using System.Text.Json;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Reads a number, also one that is written as text.</summary>
internal sealed class TolerantNumberConverter : TolerantValueConverter<int>
{
    private protected override int? Understand(ref Utf8JsonReader reader) => JsonText.SmallNumber(ref reader);
}
