using System.Text.Json;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Reads a date, also one with a space where the standard has a T.</summary>
internal sealed class TolerantDateConverter : TolerantValueConverter<DateTimeOffset>
{
    private protected override DateTimeOffset? Understand(ref Utf8JsonReader reader) => JsonText.Date(ref reader);
}
