using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>A custom field of an item.</summary>
internal sealed record FieldRecord
{
    internal int? Type { get; set; }

    internal ByteRange Name { get; set; }

    internal ByteRange Value { get; set; }

    internal int? LinkedId { get; set; }
}
